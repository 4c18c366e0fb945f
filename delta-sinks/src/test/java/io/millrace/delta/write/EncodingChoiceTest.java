package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;

/** Which columns get a dictionary, and what floating point leaves in statistics. */
class EncodingChoiceTest extends ParquetRowWriterTestBase {

    private static final int ROWS = 150_000;
    private static final RowType TYPE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("few", DataTypes.BIGINT()),
                                    DataTypes.FIELD("many", DataTypes.BIGINT()),
                                    DataTypes.FIELD("fewFirst", DataTypes.STRING()),
                                    DataTypes.FIELD("key", DataTypes.BIGINT()),
                                    DataTypes.FIELD("nothing", DataTypes.INT()))
                            .notNull()
                            .getLogicalType();

    private static RowData row(long i) {
        return GenericRowData.of(
                i % 10 == 3 ? null : i % 10,
                i,
                text(i < 20_000 ? "state " + i % 5 : "some text, number " + i),
                i % 3,
                null);
    }

    @Test
    void aColumnHasADictionaryWhereItsValuesRepeat() throws IOException {
        FileLayout layout =
                new FileLayout(
                        folder.toString(),
                        StorageOptions.NONE,
                        DeltaTypes.toStructType(TYPE),
                        TYPE,
                        List.of(),
                        List.of("key"),
                        Map.of());
        WrittenFile file = write(layout, EncodingChoiceTest::row, ROWS);

        assertThat(encodings(file, 0)).contains(Encoding.RLE_DICTIONARY);
        assertThat(encodings(file, 1)).doesNotContain(Encoding.RLE_DICTIONARY);
        assertThat(encodings(file, 2)).contains(Encoding.RLE_DICTIONARY, Encoding.PLAIN);
        assertThat(encodings(file, 3))
                .as("a key never has one")
                .doesNotContain(Encoding.RLE_DICTIONARY);
        List<RowData> read = read(layout, file, TYPE.getFieldNames());
        for (int i = 0; i < ROWS; i++) {
            assertThat(PlainValues.of(TYPE, read.get(i))).isEqualTo(PlainValues.of(TYPE, row(i)));
        }
    }

    @Test
    void aNaNInOnePageTakesTheBoundsOfTheWholeColumn() throws IOException {
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("d", DataTypes.DOUBLE()),
                                        DataTypes.FIELD("f", DataTypes.FLOAT()))
                                .notNull()
                                .getLogicalType();
        LongFunction<RowData> rows =
                i ->
                        GenericRowData.of(
                                i == 50_000 ? Double.NaN : (double) i, i % 2 == 0 ? 0f : -0f);

        JsonNode stats = json(write(layout(type, List.of()), rows, 60_000).stats());

        assertThat(stats.get("minValues").has("d")).isFalse();
        assertThat(stats.get("maxValues").has("d")).isFalse();
        assertThat(stats.get("minValues").get("f").asText()).isEqualTo("-0.0");
        assertThat(stats.get("maxValues").get("f").asText()).isEqualTo("0.0");
    }

    private static WrittenFile write(FileLayout layout, LongFunction<RowData> rows, int count)
            throws IOException {
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("sink"))) {
            for (int i = 0; i < count; i++) {
                writer.write(rows.apply(i));
            }
            return writer.finish().get(0);
        }
    }

    private Set<Encoding> encodings(WrittenFile file, int column) throws IOException {
        String path = DeltaTable.at(folder.toString()).resolve(file.path());
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(Path.of(path)))) {
            ColumnChunkMetaData chunk =
                    reader.getFooter().getBlocks().get(0).getColumns().get(column);
            return chunk.getEncodings();
        }
    }
}
