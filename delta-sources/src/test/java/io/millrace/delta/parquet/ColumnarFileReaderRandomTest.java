package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.StructType;
import io.millrace.delta.parquet.vector.StructVector;
import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What parquet-mr wrote, in all layouts it has, is read back, in whole and in part. */
class ColumnarFileReaderRandomTest {

    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType(
                    """
                    message row {
                      required int32 counter;
                      optional int32 i;
                      optional int64 l;
                      optional boolean b;
                      optional float f;
                      optional double d;
                      optional binary s (STRING);
                      optional binary raw;
                      optional fixed_len_byte_array(9) big (DECIMAL(20,3));
                      optional fixed_len_byte_array(7) small (DECIMAL(16,2));
                      optional int64 t (TIMESTAMP(MICROS,true));
                      optional int96 old;
                      required binary name (STRING);
                      optional group st { optional int32 x; required group in { optional binary y (STRING); } }
                      optional group ints (LIST) { repeated group list { optional int32 element; } }
                      required group strings (LIST) { repeated group list { required binary element (STRING); } }
                      optional group deep (LIST) { repeated group list {
                        optional group element {
                          optional double x;
                          optional group inner (LIST) { repeated group list {
                            optional group element (LIST) { repeated group list { optional int64 element; } } } }
                          optional group m (MAP) { repeated group key_value {
                            required binary key (STRING); optional group value { optional boolean z; } } }
                        } } }
                      optional group m (MAP) { repeated group key_value {
                        required int32 key; optional binary value (STRING); } }
                    }
                    """);

    private static final StructType TABLE = DeltaTypes.toStructType(ParquetTypes.row(SCHEMA));

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void readsWhatWasWritten(int seed) throws IOException {
        Random random = new Random(seed);
        RandomFiles files = new RandomFiles(seed, SCHEMA);
        List<Group> groups = files.rows(1 + random.nextInt(1500));
        Path file = folder.resolve("part.parquet");
        String layout = files.write(file, groups);
        List<String> expected = groups.stream().map(GroupText::text).toList();

        assertSame(read(ReadRange.ALL).values(), expected, layout);

        int first = random.nextInt(expected.size());
        assertSame(
                read(ReadRange.startingAt(first)).values(),
                expected.subList(first, expected.size()),
                layout + " from " + first);

        Map<Long, String> parts = new TreeMap<>();
        long size = Files.size(file);
        long cut = random.nextLong(size);
        for (ByteRange part : List.of(new ByteRange(0, cut), new ByteRange(cut, size))) {
            parts.putAll(read(new ReadRange(part, 0, Predicate.TRUE)));
        }
        assertSame(parts.values(), expected, layout + " cut at " + cut);

        int from = random.nextInt(expected.size());
        int to = from + random.nextInt(expected.size() - from);
        Predicate between =
                new Predicate.And(
                        List.of(
                                counter(Predicate.Operator.GREATER_OR_EQUAL, from),
                                counter(Predicate.Operator.LESS, to)));
        Map<Long, String> filtered = read(new ReadRange(ByteRange.ALL, from / 2, between));
        filtered.forEach(
                (position, row) ->
                        assertThat(row)
                                .as("%s %d to %d", layout, from, to)
                                .isEqualTo(expected.get(position.intValue())));
        for (long row = from; row < to; row++) {
            assertThat(filtered).as(layout).containsKey(row);
        }
    }

    /** Shows the first difference only: rows are long. */
    private static void assertSame(
            Collection<String> actual, List<String> expected, String layout) {
        Iterator<String> rows = actual.iterator();
        for (int i = 0; rows.hasNext() && i < expected.size(); i++) {
            assertThat(rows.next()).as("row %d, %s", i, layout).isEqualTo(expected.get(i));
        }
        assertThat(actual).as(layout).hasSameSizeAs(expected);
    }

    private static Predicate counter(Predicate.Operator operator, int value) {
        return new Predicate.Comparison(
                FieldPath.of("counter"), operator, new Literal(new IntType(), value));
    }

    /** Rows by position. */
    private Map<Long, String> read(ReadRange range) throws IOException {
        RowType type = DeltaTypes.toRowType(TABLE);
        VectorValues rows = VectorValues.of(type);
        Map<Long, String> result = new TreeMap<>();
        try (ColumnarFileReader reader =
                ColumnarFileReader.open(
                        DeltaTable.at(folder.toString()),
                        new TableMetadata("id", TABLE, List.of(), Map.of()),
                        new FileToRead("part.parquet", FileToRead.UNKNOWN_SIZE, Map.of()),
                        type,
                        range)) {
            for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                ColumnBatch columns = batch.get();
                StructVector row = new StructVector(0, columns.vectors().columns);
                for (int i = 0; i < columns.rows(); i++) {
                    result.put(columns.position(i), Values.text(rows.read(row, i)));
                }
            }
        }
        return result;
    }
}
