package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.TargetPreparation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TransactionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spec says of files and tables is seen in files and tables. */
class WriteSpecTest {

    private static final RowType NARROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                                    DataTypes.FIELD("name", DataTypes.STRING()))
                            .notNull()
                            .getLogicalType();
    private static final RowType WIDE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                                    DataTypes.FIELD("name", DataTypes.STRING()),
                                    DataTypes.FIELD("amount", DataTypes.DECIMAL(12, 2)))
                            .notNull()
                            .getLogicalType();

    @TempDir private Path folder;

    private WriteSpec spec(RowType type) {
        return WriteSpec.of(folder.toString(), type, List.of());
    }

    private DeltaTable write(WriteSpec spec, long number, RowData... rows) throws IOException {
        DeltaTable table = spec.table();
        try (TableWrite write = TableWrite.open(table, spec)) {
            for (RowData row : rows) {
                write.upsert(row);
            }
            write.commit(new TransactionId("test", number), Map.of());
        }
        return table;
    }

    private static RowData row(long id, String name) {
        return GenericRowData.of(id, StringData.fromString(name));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith("parquet")).findFirst().orElseThrow();
        }
    }

    @Test
    void bloomFiltersAndCompressionStandInTheFooter() throws IOException {
        WriteSpec spec =
                spec(NARROW)
                        .compressedBy("snappy")
                        .withBloomFilters("id:0.001:1000, name")
                        .withProperty("delta.columnMapping.mode", "name");
        RowData[] rows = new RowData[500];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i, "name " + i % 3);
        }
        write(spec, 1, rows);

        assertThat(onlyFile().toString()).endsWith(".snappy.parquet");
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(onlyFile()))) {
            List<ColumnChunkMetaData> chunks = reader.getFooter().getBlocks().get(0).getColumns();
            assertThat(chunks.get(0).getCodec()).isEqualTo(CompressionCodecName.SNAPPY);
            BloomFilter ids = reader.readBloomFilter(chunks.get(0));
            for (long id = 0; id < rows.length; id++) {
                assertThat(ids.findHash(ids.hash(id))).isTrue();
            }
            int wrong = 0;
            for (long id = 1_000_000; id < 1_010_000; id++) {
                wrong += ids.findHash(ids.hash(id)) ? 1 : 0;
            }
            assertThat(wrong).as("of 10,000 at a rate of 0.001").isLessThan(50);
            assertThat(ids.getBitsetSize()).as("made for 1,000 values").isEqualTo(2048);
            assertThat(reader.readBloomFilter(chunks.get(1)).getBitsetSize()).isLessThan(100);
        }
    }

    @Test
    void commentsStandInTheTable() throws IOException {
        DeltaTable table =
                write(spec(NARROW).withComments("who is who", Map.of("name", "as given")), 1);

        var metadata = table.snapshot().metadata();
        assertThat(metadata.description()).isEqualTo("who is who");
        assertThat(metadata.schema().get("name").getMetadata().getString("comment"))
                .isEqualTo("as given");
        assertThat(metadata.schema().get("id").getMetadata().contains("comment")).isFalse();
        assertThat(metadata.properties().keySet()).noneMatch(name -> name.contains("comment"));
    }

    @Test
    void whatASpecCannotMeanIsRefused() {
        assertThatThrownBy(() -> spec(NARROW).withBloomFilters("nobody"))
                .hasMessageContaining("there is no column nobody to make a bloom filter of");
        assertThatThrownBy(() -> spec(NARROW).withBloomFilters("id:2"))
                .hasMessageContaining("the rate of false positives is 2.0");
        assertThatThrownBy(() -> spec(NARROW).compressedBy("brotli"))
                .hasMessageContaining("there is no compression 'brotli': it is one of");
    }

    @Test
    void newColumnsAreAddedWhereTheSpecAllowsIt() throws IOException {
        WriteSpec mapped = spec(NARROW).withProperty("delta.columnMapping.mode", "name");
        write(mapped, 1, row(1, "a"));
        WriteSpec wider =
                WriteSpec.of(folder.toString(), WIDE, List.of())
                        .withProperty("delta.columnMapping.mode", "name")
                        .withProperty(TargetPreparation.EVOLUTION, TargetPreparation.ADD_COLUMNS);
        DeltaTable table =
                write(
                        wider,
                        2,
                        GenericRowData.of(
                                2L,
                                StringData.fromString("b"),
                                org.apache.flink.table.data.DecimalData.fromUnscaledLong(
                                        1250, 12, 2)));

        assertThat(TestTables.rows(table, table.snapshot().version()))
                .containsExactlyInAnyOrder("1,a,null", "2,b,12.50");
    }

    @Test
    void newColumnsOfATableThatDoesNotMapThemAreRefused() throws IOException {
        write(spec(NARROW), 1, row(1, "a"));
        WriteSpec wider =
                spec(WIDE).withProperty(TargetPreparation.EVOLUTION, TargetPreparation.ADD_COLUMNS);

        assertThatThrownBy(() -> write(wider, 2))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "cannot add the columns [amount Decimal(12, 2)] at version 1: Delta Kernel changes the schema only of tables that map their columns (delta.columnMapping.mode)");
    }

    @Test
    void everyDifferenceToATableThatIsThereIsNamed() throws IOException {
        write(spec(NARROW), 1, row(1, "a"));
        RowType other =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("id", DataTypes.STRING()),
                                        DataTypes.FIELD("amount", DataTypes.INT()))
                                .notNull()
                                .getLogicalType();
        WriteSpec spec =
                WriteSpec.of(folder.toString(), other, List.of())
                        .withProperty("delta.logRetentionDuration", "interval 7 days")
                        .withProperty("delta.columnMapping.mode", "name");

        assertThatThrownBy(() -> write(spec, 2, GenericRowData.of(null, 1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("its columns are [id, name], the rows have [id, amount]")
                .hasMessageContaining("column id is long, the rows have string")
                .hasMessageContaining("it has no column amount integer")
                .hasMessageContaining("the rows have no column name string")
                .hasMessageContaining(
                        "its property delta.logRetentionDuration is not set, not interval 7 days")
                .hasMessageContaining("its property delta.columnMapping.mode is not set, not name");
    }
}
