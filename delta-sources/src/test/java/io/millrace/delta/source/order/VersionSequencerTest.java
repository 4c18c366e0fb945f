package io.millrace.delta.source.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VersionSequencerTest {

    private static final long BUDGET = 1 << 20;

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void releasesCompleteVersionsInOrderDeletesFirst(StateBackend backend) throws Exception {
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.insert(4, 1);
            sequencer.insert(3, 1);
            sequencer.row(RowKind.UPDATE_AFTER, 2, 1, 1);
            sequencer.row(RowKind.UPDATE_BEFORE, 2, 0, 1);
            sequencer.delete(3, 1);
            assertThat(sequencer.emitted()).isEmpty();

            sequencer.complete(3);

            assertThat(sequencer.emitted())
                    .containsExactly("-U 1@2", "+U 1@2", "wm 1999", "-D 1@3", "+I 1@3", "wm 2999");
            sequencer.complete(4);
            assertThat(sequencer.emitted()).containsExactly("+I 1@4", "wm 3999");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void reportsEveryReleaseAlsoOfVersionsWithoutRows(StateBackend backend) throws Exception {
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.insert(3, 1);
            sequencer.complete(2);
            sequencer.complete(7);
            sequencer.complete(7);

            assertThat(sequencer.progress())
                    .containsExactly(
                            new SourceProgress("orders", 0, 1, 2),
                            new SourceProgress("orders", 0, 1, 7));
            assertThat(sequencer.emitted()).containsExactly("+I 1@3", "wm 2999");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void streamsTheSnapshotThroughAndReportsItWhenComplete(StateBackend backend) throws Exception {
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.snapshot(9, 1);
            sequencer.insert(10, 3);
            sequencer.snapshot(9, 2);
            assertThat(sequencer.emitted()).containsExactly("+I 1@9", "+I 2@9");
            sequencer.complete(8);
            assertThat(sequencer.progress()).isEmpty();

            sequencer.complete(9);

            assertThat(sequencer.progress()).containsExactly(new SourceProgress("orders", 0, 1, 9));
            assertThat(sequencer.emitted()).containsExactly("wm 8999");
            assertThat(sequencer.metric("streamedThroughVersions")).isEqualTo(1);
            assertThat(sequencer.metric("heldRows")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void endReleasesEverythingAndEndsEventTime(StateBackend backend) throws Exception {
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.complete(4);
            sequencer.insert(6, 1);
            sequencer.progress();

            sequencer.complete(SequencedRows.END);

            assertThat(sequencer.emitted())
                    .containsExactly("+I 1@6", "wm 5999", "wm " + Long.MAX_VALUE);
            assertThat(sequencer.progress()).containsExactly(new SourceProgress("orders", 0, 1, 6));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void refusesARowOfACompleteVersion(StateBackend backend) throws Exception {
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.complete(5);

            assertThatThrownBy(() -> sequencer.insert(5, 1))
                    .hasMessageContaining("orders: cannot order a row of version 5");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void restoresWhatACheckpointHolds(StateBackend backend) throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.insert(2, 1);
            sequencer.delete(2, 1);
            sequencer.insert(3, 2);
            sequencer.checkpoint(1);
            sequencer.delete(3, 2);
            state = sequencer.checkpoint(2);
        }
        try (SequencerHarness sequencer = SequencerHarness.restore(state, 1, 0, 1, backend)) {
            sequencer.insert(2, 1);
            sequencer.checkpoint(3);
            sequencer.insert(2, 1);
            sequencer.complete(3);

            assertThat(sequencer.emitted())
                    .containsExactly(
                            "-D 1@2", "+I 1@2", "+I 1@2", "+I 1@2", "wm 1999", "-D 2@3", "+I 2@3",
                            "wm 2999");
            assertThat(sequencer.progress()).containsExactly(new SourceProgress("orders", 0, 1, 3));
            state = sequencer.checkpoint(4);
        }
        try (SequencerHarness sequencer = SequencerHarness.restore(state, 1, 0, 1, backend)) {
            sequencer.complete(4);
            assertThat(sequencer.emitted()).isEmpty();
        }
    }

    /** Lists in keyed state: of versions 2 and 3, deletes and inserts of ids 1 to 5. */
    @Test
    void restoresStateOfTheFirstFormat() throws Exception {
        String fixture =
                Path.of(getClass().getResource("/state-format-1/held-rows.bin").toURI()).toString();
        try (SequencerHarness sequencer =
                SequencerHarness.restore(
                        OperatorSnapshotUtil.readStateHandle(fixture),
                        1,
                        0,
                        1,
                        new HashMapStateBackend())) {
            sequencer.complete(2);
            List<String> rows = rows(sequencer);
            assertThat(rows.subList(0, 5)).allMatch(row -> row.matches("-D [1-5]@2"));
            assertThat(rows.subList(5, 10)).allMatch(row -> row.matches("\\+I [1-5]@2"));

            sequencer.checkpoint(1);
            sequencer.complete(3);
            assertThat(rows(sequencer)).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void refusesStateOfOtherColumns(StateBackend backend) throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = SequencerHarness.start(BUDGET, backend)) {
            sequencer.insert(2, 1);
            state = sequencer.checkpoint(1);
        }
        ReadSpec other =
                new ReadSpec(
                        "orders",
                        "/tables/orders",
                        RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"id"}),
                        List.of("id"),
                        new StartingPosition.Snapshot());

        assertThatThrownBy(() -> SequencerHarness.restore(other, state, 1, 0, 1, backend))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("orders: cannot restore the rows held for ordering")
                .hasMessageContaining("--rebuild");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void holdsMoreThanItsMemoryBudget(StateBackend backend) throws Exception {
        try (SequencerHarness sequencer = SequencerHarness.start(10_000, backend)) {
            for (long id = 0; id < 1000; id++) {
                sequencer.insert(1 + id % 2, id);
                sequencer.delete(1 + id % 2, id);
            }
            assertThat(sequencer.spillFiles()).hasSize(2);
            assertThat(sequencer.metric("heldRows")).isEqualTo(2000);
            assertThat(sequencer.metric("heldVersions")).isEqualTo(2);
            assertThat(sequencer.metric("heldBytesInMemory")).isLessThanOrEqualTo(10_000);
            assertThat(sequencer.metric("heldBytes")).isGreaterThan(100_000);

            sequencer.complete(1);

            List<String> first = rows(sequencer);
            assertThat(first).hasSize(1000);
            assertThat(first.subList(0, 500))
                    .containsExactlyInAnyOrderElementsOf(texts("-D %d@1", 0));
            assertThat(first.subList(500, 1000))
                    .containsExactlyInAnyOrderElementsOf(texts("+I %d@1", 0));
            sequencer.complete(2);
            assertThat(sequencer.emitted()).hasSize(1001);
            assertThat(sequencer.metric("heldRows")).isZero();
            assertThat(sequencer.metric("heldBytes")).isZero();
            assertThat(sequencer.metric("releasedVersion")).isEqualTo(2);
            assertThat(sequencer.metric("streamedThroughVersions")).isZero();
            assertThat(sequencer.spillFiles()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rescalesHeldRows(StateBackend backend) throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = SequencerHarness.start(10_000, backend)) {
            for (long id = 0; id < 1000; id++) {
                sequencer.insert(1 + id % 2, id);
            }
            state = sequencer.checkpoint(1);
        }
        List<OperatorSubtaskState> states = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (SequencerHarness sequencer =
                    SequencerHarness.restore(state, 1, subtask, 3, backend)) {
                sequencer.complete(1);
                assertThat(sequencer.progress())
                        .containsExactly(new SourceProgress("orders", subtask, 3, 1));
                List<String> rows = rows(sequencer);
                assertThat(rows).hasSizeGreaterThan(100);
                first.addAll(rows);
                states.add(sequencer.checkpoint(2));
            }
        }
        assertThat(first).containsExactlyInAnyOrderElementsOf(texts("+I %d@1", 0));

        state = SequencerHarness.merge(states);
        List<String> second = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (SequencerHarness sequencer =
                    SequencerHarness.restore(state, 3, subtask, 2, backend)) {
                sequencer.complete(2);
                second.addAll(rows(sequencer));
            }
        }
        assertThat(second).containsExactlyInAnyOrderElementsOf(texts("+I %d@2", 1));
    }

    private static List<String> texts(String format, long first) {
        return LongStream.range(0, 500).mapToObj(i -> format.formatted(first + 2 * i)).toList();
    }

    private static List<String> rows(SequencerHarness sequencer) {
        return sequencer.emitted().stream().filter(text -> !text.startsWith("wm")).toList();
    }
}
