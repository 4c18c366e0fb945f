package io.millrace.delta.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.millrace.delta.scan.SnapshotSummary.Column;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.TableMetadata;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for exact of the statistics in a log, and what is left to reading the files. */
class SummaryBuilderTest {

    /** Three rows, one of them null. */
    private static final String KNOWN =
            "{'numRecords':3,'minValues':{'c':5},'maxValues':{'c':9},'nullCount':{'c':1}}";

    private static DataFile file(String stats, long deleted, Map<String, String> partition) {
        Optional<DeletionVector> vector =
                deleted == 0
                        ? Optional.empty()
                        : Optional.of(
                                new DeletionVector("i", "0rr91", OptionalInt.empty(), 1, deleted));
        return new DataFile(
                "f",
                partition,
                1,
                1,
                true,
                vector,
                Optional.of(stats.replace('\'', '"')),
                Map.of());
    }

    private static SnapshotSummary summary(DataType type, List<String> by, DataFile... files) {
        TableMetadata metadata =
                new TableMetadata("id", new StructType().add("c", type), by, Map.of());
        SummaryBuilder builder =
                new SummaryBuilder(new FilePruner(Predicate.TRUE, metadata), List.of("c"));
        Stream.of(files).forEach(builder::add);
        return builder.build(1);
    }

    private static SnapshotSummary summary(DataType type, String... stats) {
        return summary(
                type,
                List.of(),
                Stream.of(stats).map(s -> file(s, 0, Map.of())).toArray(DataFile[]::new));
    }

    private static Column column(SnapshotSummary summary) {
        return summary.columns().get("c");
    }

    @Test
    void whatAllFilesSayIsAddedUp() {
        SnapshotSummary summary =
                summary(
                        LongType.LONG,
                        KNOWN,
                        "{'numRecords':2,'minValues':{'c':-7},'maxValues':{'c':6},'nullCount':{'c':0}}");

        assertThat(summary.rows()).hasValue(5);
        assertThat(column(summary).nulls()).hasValue(1);
        assertThat(column(summary).exact()).isTrue();
        assertThat(column(summary).minimum(new BigIntType())).hasValue(-7L);
        assertThat(column(summary).maximum(new BigIntType())).hasValue(9L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "not json",
                "{'numRecords':-1}",
                "{'numRecords':2.5}",
                "{'numRecords':'2'}",
                "{'minValues':{'c':1},'maxValues':{'c':2},'nullCount':{'c':0}}"
            })
    void oneFileWithoutItsNumberOfRowsLeavesTheCountOpen(String stats) {
        assertThat(summary(LongType.LONG, KNOWN, stats).rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'numRecords':3}",
                "{'numRecords':3,'minValues':{'c':1},'nullCount':{'c':1}}",
                "{'numRecords':3,'maxValues':{'c':1},'nullCount':{'c':1}}",
                "{'numRecords':3,'minValues':{'c':'1'},'maxValues':{'c':'2'},'nullCount':{'c':1}}",
                "{'numRecords':3,'minValues':{'other':1},'maxValues':{'other':2}}",
                "{'numRecords':3,'minValues':{'c':null},'maxValues':{'c':null}}"
            })
    void oneFileWithoutBoundsLeavesTheExtremesOpen(String stats) {
        SnapshotSummary summary = summary(LongType.LONG, KNOWN, stats);

        assertThat(summary.rows()).hasValue(6);
        assertThat(column(summary).exact()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'numRecords':3,'minValues':{'c':1},'maxValues':{'c':2}}",
                "{'numRecords':3,'minValues':{'c':1},'maxValues':{'c':2},'nullCount':{'c':-1}}",
                "{'numRecords':3,'minValues':{'c':1},'maxValues':{'c':2},'nullCount':{'c':4}}",
                "{'numRecords':3,'minValues':{'c':1},'maxValues':{'c':2},'nullCount':{'c':1.5}}"
            })
    void oneFileWithoutItsNumberOfNullsLeavesTheCountOfValuesOpen(String stats) {
        SnapshotSummary summary = summary(LongType.LONG, KNOWN, stats);

        assertThat(column(summary).nulls()).isEmpty();
        assertThat(column(summary).minimum(new BigIntType())).hasValue(1L);
    }

    @Test
    void nullsInAllRowsNeedNoBounds() {
        SnapshotSummary summary =
                summary(LongType.LONG, "{'numRecords':3,'nullCount':{'c':3}}", KNOWN);

        assertThat(column(summary).nulls()).hasValue(4);
        assertThat(column(summary).exact()).isTrue();
        assertThat(column(summary).minimum(new BigIntType())).hasValue(5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'tightBounds':true,", "'tightBounds':false,"})
    void deletedRowsAreNotCountedAndLeaveTheRestOpen(String tight) {
        SnapshotSummary summary =
                summary(
                        LongType.LONG,
                        List.of(),
                        file(KNOWN.replace("{'num", "{" + tight + "'num"), 2, Map.of()));

        assertThat(summary.rows()).hasValue(1);
        assertThat(column(summary).nulls()).isEmpty();
        assertThat(column(summary).exact()).isFalse();
    }

    @Test
    void wideBoundsAreNotExactWithoutDeletedRowsEither() {
        SnapshotSummary summary =
                summary(LongType.LONG, KNOWN.replace("{'num", "{'tightBounds':false,'num"));

        assertThat(column(summary).nulls()).isEmpty();
        assertThat(column(summary).exact()).isFalse();
    }

    @Test
    void noNullsAndNothingButNullsHoldWithDeletedRowsToo() {
        SnapshotSummary none =
                summary(
                        LongType.LONG,
                        List.of(),
                        file("{'numRecords':3,'nullCount':{'c':0}}", 2, Map.of()));
        SnapshotSummary all =
                summary(
                        LongType.LONG,
                        List.of(),
                        file("{'numRecords':3,'nullCount':{'c':3}}", 2, Map.of()));

        assertThat(column(none).nulls()).hasValue(0);
        assertThat(column(all).nulls()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void aFileWhoseRowsAreAllDeletedSaysNothing(long deleted) {
        SnapshotSummary summary =
                summary(
                        LongType.LONG,
                        List.of(),
                        file(KNOWN, deleted, Map.of()),
                        file(KNOWN.replace('9', '8'), 0, Map.of()));

        assertThat(summary.rows()).hasValue(3);
        assertThat(column(summary).nulls()).hasValue(1);
        assertThat(column(summary).exact()).isTrue();
        assertThat(column(summary).maximum(new BigIntType())).hasValue(8L);
    }

    static Stream<Arguments> boundsThatMayBeOff() {
        return Stream.of(
                // NaN is greater than all, and in no statistics; zeros have signs.
                Arguments.of(DoubleType.DOUBLE, "1.5", "2.5"),
                Arguments.of(DoubleType.DOUBLE, "'NaN'", "'NaN'"),
                Arguments.of(DoubleType.DOUBLE, "NaN", "NaN"),
                Arguments.of(DoubleType.DOUBLE, "-0.0", "0.0"),
                Arguments.of(DoubleType.DOUBLE, "'-Infinity'", "'Infinity'"),
                Arguments.of(FloatType.FLOAT, "1.5", "2.5"),
                // Cut to some characters.
                Arguments.of(StringType.STRING, "'a'", "'b'"),
                Arguments.of(StringType.STRING, "'" + "x".repeat(32) + "'", "'y\uFFFD'"),
                // Cut to milliseconds.
                Arguments.of(
                        TimestampType.TIMESTAMP,
                        "'2024-01-01T00:00:00.123Z'",
                        "'2024-01-02T00:00:00.123Z'"),
                Arguments.of(
                        TimestampNTZType.TIMESTAMP_NTZ,
                        "'2024-01-01T00:00:00.123'",
                        "'2024-01-02T00:00:00.123'"),
                // Through a double; through another calendar.
                Arguments.of(new DecimalType(18, 2), "1.25", "2.25"),
                Arguments.of(DateType.DATE, "'1582-10-10'", "'2024-01-01'"),
                Arguments.of(BooleanType.BOOLEAN, "false", "true"));
    }

    @ParameterizedTest
    @MethodSource("boundsThatMayBeOff")
    void boundsThatNeedNotBeValuesAreNotExact(DataType type, String minimum, String maximum) {
        SnapshotSummary summary =
                summary(
                        type,
                        "{'numRecords':3,'minValues':{'c':%s},'maxValues':{'c':%s},'nullCount':{'c':1}}"
                                .formatted(minimum, maximum));

        assertThat(column(summary).exact()).isFalse();
        assertThat(column(summary).nulls()).hasValue(1);
    }

    static Stream<Arguments> boundsThatAreValues() {
        return Stream.of(
                Arguments.of(IntegerType.INTEGER, "-2147483648", "2147483647"),
                Arguments.of(LongType.LONG, "-9223372036854775808", "9223372036854775807"),
                Arguments.of(new DecimalType(15, 2), "-1.25", "9999999999999.99"),
                Arguments.of(DateType.DATE, "'1900-01-01'", "'9999-12-31'"));
    }

    @ParameterizedTest
    @MethodSource("boundsThatAreValues")
    void boundsOfIntegersShortDecimalsAndDatesAreExact(
            DataType type, String minimum, String maximum) {
        SnapshotSummary summary =
                summary(
                        type,
                        "{'numRecords':3,'minValues':{'c':%s},'maxValues':{'c':%s},'nullCount':{'c':1}}"
                                .formatted(minimum, maximum));

        assertThat(column(summary).exact()).isTrue();
    }

    @Test
    void partitionValuesAreExactWhateverTheirTypeAndWhatIsDeleted() {
        SnapshotSummary summary =
                summary(
                        StringType.STRING,
                        List.of("c"),
                        file("{'numRecords':3}", 2, Map.of("c", "x")),
                        file("{'numRecords':4}", 0, Collections.singletonMap("c", null)));

        assertThat(summary.rows()).hasValue(5);
        assertThat(column(summary).nulls()).hasValue(4);
        assertThat(column(summary).exact()).isTrue();
        assertThat(column(summary).minimum()).isEqualTo(column(summary).maximum()).isPresent();
    }

    @Test
    void withoutFilesThereAreNoRows() {
        SnapshotSummary summary = summary(LongType.LONG);

        assertThat(summary.rows()).hasValue(0);
        assertThat(column(summary).nulls()).isEqualTo(OptionalLong.of(0));
        assertThat(column(summary).exact()).isTrue();
        assertThat(column(summary).minimum()).isEmpty();
    }
}
