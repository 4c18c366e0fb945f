package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.ScanAlignment;
import io.millrace.delta.scan.ScanAlignment.AlignedColumn;
import io.millrace.delta.scan.ScanAlignment.ForNull;
import io.millrace.delta.scan.ScanAlignment.InTable;
import io.millrace.delta.scan.ScanAlignment.NoDefault;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.api.Test;

class NeededFieldsTest {

    private static final RowType WHOLE =
            row("id BIGINT, s ROW<a INT, t ROW<x INT, y INT, z INT>, b INT>, m MAP<INT, INT>");

    private static RowType row(String fields) {
        return (RowType)
                LogicalTypeParser.parse(
                        "ROW<" + fields + "> NOT NULL", NeededFieldsTest.class.getClassLoader());
    }

    private static FieldPath path(String dotted) {
        return new FieldPath(Arrays.asList(dotted.split("\\.")));
    }

    private static RowType needed(String... paths) {
        return NeededFields.of(WHOLE, Arrays.stream(paths).map(NeededFieldsTest::path).toList());
    }

    private static RowType union(RowType one, RowType other) {
        return NeededFields.union(WHOLE, one, other);
    }

    @Test
    void pathsLeaveTheFieldsThatTheyLeadToInTheOrderOfTheTable() {
        assertThat(needed("s.b", "s.t.z", "s.t.x", "id"))
                .isEqualTo(row("id BIGINT, s ROW<t ROW<x INT, z INT>, b INT>"));
    }

    @Test
    void aPathToAStructLeavesAllOfIt() {
        assertThat(needed("s.t.x", "s.t")).isEqualTo(row("s ROW<t ROW<x INT, y INT, z INT>>"));
        assertThat(needed("s.t.x", "s")).isEqualTo(needed("s"));
        assertThat(needed("m")).isEqualTo(row("m MAP<INT, INT>"));
    }

    @Test
    void theUnionHasEveryFieldOnceInTheOrderOfTheTable() {
        assertThat(union(needed("s.t.z", "m"), needed("id", "s.b", "s.t.x")))
                .isEqualTo(needed("id", "s.t.x", "s.t.z", "s.b", "m"));
        assertThat(union(needed("s.t.z"), needed("s.t"))).isEqualTo(needed("s.t"));
        assertThat(union(needed("s"), needed("s.a"))).isEqualTo(needed("s"));
        assertThat(union(needed(), needed("s.a"))).isEqualTo(needed("s.a"));
    }

    @Test
    void whatOneScanTakesForNullableIsNullable() {
        assertThat(union(row("s ROW<a INT NOT NULL> NOT NULL"), row("s ROW<a INT> NOT NULL")))
                .isEqualTo(row("s ROW<a INT> NOT NULL"));
        assertThat(union(row("s ROW<a INT> NOT NULL"), row("s ROW<b INT>")))
                .isEqualTo(row("s ROW<a INT, b INT>"));
    }

    @Test
    void thePlannerIsNotOfferedFieldsThatItWouldTakeForOthers() {
        assertThat(NeededFields.canBeOffered(WHOLE)).isTrue();
        assertThat(NeededFields.canBeOffered(row("s ROW<a INT NOT NULL> NOT NULL"))).isTrue();
        assertThat(NeededFields.canBeOffered(row("s ROW<a INT NOT NULL>"))).isFalse();
        assertThat(NeededFields.canBeOffered(row("s ROW<t ROW<a INT NOT NULL> NOT NULL>")))
                .isFalse();
        assertThat(NeededFields.canBeOffered(row("s ROW<a INT>, s_a INT"))).isFalse();
    }

    @Test
    void aSharedReadHasTheFieldsOfAllScansAndTheWholeKey() {
        SharedRead read = new SharedRead(scan(ScanAlignment.NONE, "id"), "t");
        read.join(scan(ScanAlignment.NONE, "id"), needs(new int[] {1, 1, 2}));
        read.join(scan(ScanAlignment.NONE, "id"), needs(new int[] {1, 0}, new int[] {1, 1, 0}));

        assertThat(read.spec().rowType()).isEqualTo(needed("id", "s.a", "s.t.x", "s.t.z"));
        assertThat(read.spec().tableColumns()).isEqualTo(read.spec().rowType());
    }

    @Test
    void aRenamedColumnIsNarrowed() {
        SharedRead read = joined(aligned("s", new NoDefault()), new int[] {1, 0});

        assertThat(read.spec().rowType()).isEqualTo(needed("s.a"));
        assertThat(read.spec().tableColumns()).isEqualTo(row("inTable ROW<a INT>"));
    }

    @Test
    void aColumnWithADefaultOrASecondNameIsReadWhole() {
        LogicalType type = WHOLE.getTypeAt(1);
        ScanAlignment filled = aligned("s", new ForNull(new Literal(type, "")));
        ScanAlignment twice =
                new ScanAlignment(
                        Map.of(
                                "m",
                                new AlignedColumn(type, new InTable("s", type), new NoDefault())));

        assertThat(joined(filled, new int[] {1, 0}).spec().rowType()).isEqualTo(needed("s"));
        assertThat(joined(twice, new int[] {1, 0}).spec().rowType()).isEqualTo(needed("s"));
    }

    private static ScanAlignment aligned(String column, ScanAlignment.ColumnDefault filled) {
        LogicalType type = WHOLE.getTypeAt(WHOLE.getFieldIndex(column));
        return new ScanAlignment(
                Map.of(column, new AlignedColumn(type, new InTable("inTable", type), filled)));
    }

    private static SharedRead joined(ScanAlignment alignment, int[]... projection) {
        SharedRead read = new SharedRead(scan(alignment), "t");
        read.join(scan(alignment), needs(projection));
        return read;
    }

    private static DeltaScan scan(ScanAlignment alignment, String... key) {
        return new DeltaScan(
                new ReadSpec("t", "/t", WHOLE, List.of(key), new StartingPosition.Snapshot())
                        .alignedBy(alignment),
                SourceRun.following(Duration.ofSeconds(1)),
                false,
                DeltaSourceOptions.Consistency.VERSION,
                1,
                false);
    }

    private static ScanNeeds needs(int[]... projection) {
        return new ScanNeeds(WHOLE.getFieldNames())
                .projected(
                        WHOLE,
                        projection,
                        IntStream.range(0, projection.length).mapToObj(i -> "f" + i).toList());
    }

    @Test
    void aProjectedFieldIsFoundByItsNameInTheRowsOfTheScan() {
        ScanNeeds needs = needs(new int[] {1, 1}, new int[] {0});
        ScanNeeds again =
                needs.projected(
                        RowType.of(
                                new LogicalType[] {
                                    ((RowType) WHOLE.getTypeAt(1)).getTypeAt(1), new BigIntType()
                                },
                                new String[] {"f0", "f1"}),
                        new int[][] {{0, 2}},
                        List.of("z"));

        assertThat(needs.pathOf(path("f0.y"))).contains(path("s.t.y"));
        assertThat(needs.pathOf(path("f1"))).contains(path("id"));
        assertThat(needs.pathOf(path("id"))).isEmpty();
        assertThat(again.paths()).containsExactly(path("s.t.z"));
        assertThat(again.limit()).isEqualTo(OptionalLong.empty());
    }
}
