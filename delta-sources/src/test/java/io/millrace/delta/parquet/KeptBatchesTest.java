package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.StructType;
import io.millrace.delta.parquet.vector.StructVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that a reader keeps are as they were while it reads further ones. */
class KeptBatchesTest {

    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType(
                    """
                    message row {
                      required int64 l;
                      optional binary s (STRING);
                      optional group st { optional int32 x; optional binary y (STRING); }
                      optional group strings (LIST) { repeated group list { optional binary element (STRING); } }
                      optional group m (MAP) { repeated group key_value {
                        required binary key (STRING); optional group value { optional double z; } } }
                    }
                    """);

    private static final StructType TABLE = DeltaTypes.toStructType(ParquetTypes.row(SCHEMA));
    private static final RowType TYPE = DeltaTypes.toRowType(TABLE);

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "5, 3"})
    void keptBatchesStay(int seed, int mayKeep) throws IOException {
        RandomFiles files = new RandomFiles(seed, SCHEMA);
        List<Group> groups = files.rows(9000);
        String layout = files.write(folder.resolve("part.parquet"), groups);
        List<String> actual = new ArrayList<>();
        try (ColumnarFileReader reader = open(mayKeep)) {
            ArrayDeque<ColumnBatch> kept = new ArrayDeque<>();
            for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                kept.addLast(batch.get());
                // As its user does: the oldest is let go just before there would be too many.
                if (kept.size() > mayKeep) {
                    actual.addAll(text(kept.removeFirst()));
                }
                reader.keep();
            }
            kept.forEach(rest -> actual.addAll(text(rest)));
        }

        assertThat(actual).as(layout).isEqualTo(groups.stream().map(GroupText::text).toList());
    }

    @Test
    void keepsNothingUnlessAsked() throws IOException {
        RandomFiles files = new RandomFiles(1, SCHEMA);
        files.write(folder.resolve("part.parquet"), files.rows(3));
        try (ColumnarFileReader reader = open(0)) {
            assertThat(reader.next()).isPresent();
            assertThatThrownBy(reader::keep).isInstanceOf(IllegalStateException.class);
        }
    }

    private ColumnarFileReader open(int mayKeep) throws IOException {
        return ColumnarFileReader.open(
                DeltaTable.at(folder.toString()),
                new TableMetadata("id", TABLE, List.of(), Map.of()),
                new FileToRead("part.parquet", FileToRead.UNKNOWN_SIZE, Map.of()),
                TYPE,
                ReadRange.ALL,
                mayKeep);
    }

    private static List<String> text(ColumnBatch batch) {
        VectorValues rows = VectorValues.of(TYPE);
        StructVector row = new StructVector(0, batch.vectors().columns);
        List<String> result = new ArrayList<>();
        for (int i = 0; i < batch.rows(); i++) {
            result.add(Values.text(rows.read(row, i)));
        }
        return result;
    }
}
