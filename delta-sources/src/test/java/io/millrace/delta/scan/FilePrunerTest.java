package io.millrace.delta.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.GoldenTables;
import io.millrace.delta.scan.Predicate.Comparison;
import io.millrace.delta.scan.Predicate.Operator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePrunerTest {

    private static final FieldPath COLUMN = FieldPath.of("c");

    private static Literal number(int value) {
        return new Literal(new IntType(), value);
    }

    private static Literal text(String value) {
        return new Literal(new VarCharType(), value);
    }

    private static Predicate compare(Operator operator, Literal literal) {
        return new Comparison(COLUMN, operator, literal);
    }

    private static TableMetadata table(DataType type, String... partitions) {
        StructType schema = new StructType().add("c", type).add("p", IntegerType.INTEGER);
        return new TableMetadata("id", schema, List.of(partitions), Map.of());
    }

    private static DataFile file(String stats, Optional<DeletionVector> vector) {
        return new DataFile("f", Map.of(), 1, 1, true, vector, Optional.of(stats), Map.of());
    }

    private static boolean keeps(DataType type, String stats, Predicate predicate) {
        return new FilePruner(predicate, table(type)).keeps(file(stats, Optional.empty()));
    }

    private static String bounds(String minimum, String maximum) {
        return """
        {"numRecords":3,"minValues":{"c":%s},"maxValues":{"c":%s},"nullCount":{"c":1}}
        """
                .formatted(minimum, maximum);
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL, 4, false",
        "EQUAL, 5, true",
        "EQUAL, 9, true",
        "EQUAL, 10, false",
        "LESS, 5, false",
        "LESS, 6, true",
        "LESS_OR_EQUAL, 4, false",
        "LESS_OR_EQUAL, 5, true",
        "GREATER, 9, false",
        "GREATER, 8, true",
        "GREATER_OR_EQUAL, 10, false",
        "GREATER_OR_EQUAL, 9, true",
        "NOT_EQUAL, 7, true"
    })
    void boundsDecideComparisons(Operator operator, int constant, boolean kept) {
        String stats = bounds("5", "9");

        assertThat(keeps(IntegerType.INTEGER, stats, compare(operator, number(constant))))
                .isEqualTo(kept);
    }

    @Test
    void aShortenedMaximumIsABeginning() {
        String prefix = "x".repeat(32);
        for (String maximum :
                List.of(prefix, prefix + "\uFFFD", "x\uFFFD", prefix + "\uDBFF\uDFFF")) {
            String stats = bounds("\"a\"", "\"" + maximum + "\"");

            assertThat(
                            keeps(
                                    StringType.STRING,
                                    stats,
                                    compare(Operator.GREATER, text(prefix + "\uD83D\uDE00"))))
                    .isTrue();
            assertThat(keeps(StringType.STRING, stats, compare(Operator.GREATER, text("y"))))
                    .isFalse();
        }
    }

    @Test
    void aMaximumInMillisecondsLeavesRoomForMicroseconds() {
        String stats =
                bounds("\"2024-01-01T00:00:00.000-08:00\"", "\"2024-01-01T00:00:01.123-08:00\"");
        long maximum = 1_704_096_001_123_000L;

        assertThat(after(stats, maximum + 999)).isTrue();
        assertThat(after(stats, maximum + 1001)).isFalse();
    }

    private static boolean after(String stats, long micros) {
        Literal literal = new Literal(new LocalZonedTimestampType(6), micros);
        Predicate predicate = compare(Operator.GREATER_OR_EQUAL, literal);
        return keeps(TimestampType.TIMESTAMP, stats, predicate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"numRecords\":\"three\"}",
                "{\"minValues\":7}",
                "{\"minValues\":{\"c\":\"x\"},\"maxValues\":{\"c\":{}}}",
                "{\"minValues\":{\"c\":null},\"maxValues\":{\"c\":\"NaN\"}}",
                "{\"maxValues\":{\"c\":1e999999999}}"
            })
    void statisticsThatNobodyUnderstandsDecideNothing(String stats) {
        for (DataType type : List.of(DoubleType.DOUBLE, DateType.DATE, new DecimalType(38, 0))) {
            Predicate predicate = compare(Operator.GREATER, number(5));

            assertThat(keeps(type, stats, predicate)).isTrue();
        }
    }

    @Test
    void aDecimalThatWentThroughADoubleStaysInReach() {
        DecimalType type = new DecimalType(38, 3);
        String stats = bounds("0", "1.2345678901234567E16");
        Predicate predicate =
                compare(
                        Operator.GREATER,
                        new Literal(
                                new org.apache.flink.table.types.logical.DecimalType(38, 3),
                                new BigDecimal("12345678901234567.891")));

        assertThat(keeps(type, stats, predicate)).isTrue();
    }

    @Test
    void nullCountsDecideOnlyAtTheirEnds() {
        Predicate isNull = new Predicate.IsNull(COLUMN);
        Predicate isNotNull = new Predicate.IsNotNull(COLUMN);
        String none = "{\"numRecords\":3,\"nullCount\":{\"c\":0},\"tightBounds\":false}";
        String some = "{\"numRecords\":3,\"nullCount\":{\"c\":1},\"tightBounds\":false}";
        String all = "{\"numRecords\":3,\"nullCount\":{\"c\":3},\"tightBounds\":false}";

        assertThat(keeps(IntegerType.INTEGER, none, isNull)).isFalse();
        assertThat(keeps(IntegerType.INTEGER, some, isNull)).isTrue();
        assertThat(keeps(IntegerType.INTEGER, some, isNotNull)).isTrue();
        assertThat(keeps(IntegerType.INTEGER, all, isNotNull)).isFalse();
        assertThat(keeps(IntegerType.INTEGER, all, compare(Operator.NOT_EQUAL, number(1))))
                .isFalse();
    }

    @Test
    void aFileWhoseRowsAreAllDeletedIsSkipped() {
        DeletionVector vector = new DeletionVector("i", "x", OptionalInt.empty(), 1, 3);
        Predicate predicate = new Predicate.IsNotNull(COLUMN);
        FilePruner pruner = new FilePruner(predicate, table(IntegerType.INTEGER));

        assertThat(pruner.keeps(file("{\"numRecords\":3}", Optional.of(vector)))).isFalse();
        assertThat(pruner.keeps(file("{\"numRecords\":4}", Optional.of(vector)))).isTrue();
        assertThat(pruner.kept()).isEqualTo(1);
        assertThat(pruner.all()).isEqualTo(2);
    }

    @Test
    void aFloatThatBecameADoubleIsBetweenItsNeighbours() {
        FieldMetadata retyped = FieldMetadata.builder().putString("delta.typeChanges", "").build();
        StructType schema = new StructType().add("c", DoubleType.DOUBLE, true, retyped);
        TableMetadata metadata = new TableMetadata("id", schema, List.of(), Map.of());
        Literal asDouble =
                new Literal(new org.apache.flink.table.types.logical.DoubleType(), (double) 0.1f);
        Predicate predicate = compare(Operator.GREATER_OR_EQUAL, asDouble);

        assertThat(
                        new FilePruner(predicate, metadata)
                                .keeps(file(bounds("0.1", "0.1"), Optional.empty())))
                .isTrue();
    }

    @Test
    void partitionValuesDecide() {
        TableMetadata metadata = table(IntegerType.INTEGER, "c");
        FilePruner pruner = new FilePruner(compare(Operator.EQUAL, number(7)), metadata);
        Map<String, String> nothing = new HashMap<>();
        nothing.put("c", null);

        assertThat(pruner.keeps(Map.of("c", "7"))).isTrue();
        assertThat(pruner.keeps(Map.of("c", "8"))).isFalse();
        assertThat(pruner.keeps(nothing)).isFalse();
        assertThat(pruner.keeps(Map.of("c", "seven"))).as("left to the reader").isTrue();
        assertThat(pruner.keeps(Map.of())).as("not said").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "data-skipping-basic-stats-all-types, as_int, 0, 1",
        "data-skipping-basic-stats-all-types-checkpoint, as_int, 0, 1",
        "data-skipping-basic-stats-all-types-columnmapping-id, as_long, 0, 1",
        "data-skipping-basic-stats-all-types-columnmapping-name, as_short, 0, 1",
        "data-skipping-change-stats-collected-across-versions, col1, 1, 3",
        "data-skipping-partition-and-data-column, part, 2, 4"
    })
    void filesOfGoldenTables(String name, String column, int kept, int all) throws IOException {
        TableSnapshot snapshot = GoldenTables.open(name).snapshot();
        Literal zero = new Literal(new BigIntType(), 0L);
        FilePruner pruner =
                new FilePruner(
                        new Comparison(FieldPath.of(column), Operator.GREATER, zero),
                        snapshot.metadata());
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            files.forEachRemaining(pruner::keeps);
        }

        assertThat(List.of(pruner.kept(), pruner.all())).containsExactly((long) kept, (long) all);
    }
}
