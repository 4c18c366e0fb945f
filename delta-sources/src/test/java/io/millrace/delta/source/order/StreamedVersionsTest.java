package io.millrace.delta.source.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.SequencedRows;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Versions that go through, and rows that would be read again. */
class StreamedVersionsTest {

    private static final int SMALL = 1 << 12;

    private static SequencerHarness started() throws Exception {
        return SequencerHarness.start(SMALL, new HashMapStateBackend());
    }

    private static SequencerHarness restored(OperatorSubtaskState state) throws Exception {
        return SequencerHarness.restore(state, 1, 0, 1, new HashMapStateBackend());
    }

    private static void insert(SequencerHarness sequencer, Delivery delivery, long version, long id)
            throws Exception {
        sequencer.row(RowKind.INSERT, version, 1 + delivery.code(), id);
    }

    @Test
    void aLargeVersionGoesThroughOnlyWhenAllBeforeAreReleased() throws Exception {
        try (SequencerHarness sequencer = started()) {
            sequencer.complete(1);
            sequencer.progress();
            insert(sequencer, Delivery.STREAMED, 3, 1);
            sequencer.delete(2, 1);
            assertThat(sequencer.emitted()).isEmpty();

            sequencer.complete(2);

            assertThat(sequencer.emitted()).containsExactly("-D 1@2", "wm 1999", "+I 1@3");
            assertThat(sequencer.progress())
                    .containsExactly(
                            new SourceProgress("orders", 0, 1, 2),
                            new SourceProgress("orders", 0, 1, 2, 3));
            insert(sequencer, Delivery.STREAMED, 3, 2);
            insert(sequencer, Delivery.REPLAYED, 4, 2);
            assertThat(sequencer.emitted()).containsExactly("+I 2@3");
            assertThat(sequencer.progress()).isEmpty();

            sequencer.complete(3);
            assertThat(sequencer.emitted()).containsExactly("wm 2999");
            assertThat(sequencer.progress()).containsExactly(new SourceProgress("orders", 0, 1, 3));
            assertThat(sequencer.metric("streamedThroughVersions")).isEqualTo(1);
        }
    }

    @Test
    void whatGoesThroughIsNeitherHeldNorInCheckpoints() throws Exception {
        try (SequencerHarness sequencer = started()) {
            sequencer.complete(6);
            long small = size(sequencer.checkpoint(1));
            for (int id = 0; id < 100_000; id++) {
                insert(sequencer, Delivery.STREAMED, 7, id);
                if (id % 10_000 == 9_999) {
                    assertThat(sequencer.emitted()).hasSizeBetween(10_000, 10_001);
                }
            }
            assertThat(sequencer.metric("heldRows")).isZero();
            assertThat(size(sequencer.checkpoint(2))).isEqualTo(small);
        }
    }

    @Test
    void aLargeVersionGoesOnAfterAFailure() throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = started()) {
            sequencer.complete(6);
            insert(sequencer, Delivery.STREAMED, 7, 1);
            insert(sequencer, Delivery.STREAMED, 8, 9);
            state = sequencer.checkpoint(1);
        }
        try (SequencerHarness sequencer = restored(state)) {
            insert(sequencer, Delivery.STREAMED, 7, 2);
            assertThat(sequencer.emitted()).containsExactly("+I 2@7");
            assertThat(sequencer.progress())
                    .containsExactly(new SourceProgress("orders", 0, 1, SourceProgress.NONE, 7));
            sequencer.complete(6);
            assertThat(sequencer.progress()).isEmpty();
            sequencer.complete(7);
            assertThat(sequencer.emitted()).containsExactly("wm 6999", "+I 9@8");
        }
    }

    @Test
    void rowsThatWouldBeReadAgainAreNotInCheckpoints() throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = started()) {
            sequencer.complete(6);
            long small = size(sequencer.checkpoint(1));
            for (int id = 0; id < 20_000; id++) {
                insert(sequencer, Delivery.REPLAYED, 7, id);
            }
            assertThat(sequencer.metric("heldRows")).isEqualTo(20_000);
            assertThat(sequencer.spillFiles()).isNotEmpty();
            state = sequencer.checkpoint(2);
            assertThat(size(state)).isEqualTo(small);
        }
        try (SequencerHarness sequencer = restored(state)) {
            assertThat(sequencer.metric("heldRows")).isZero();
            insert(sequencer, Delivery.REPLAYED, 6, 5);
            insert(sequencer, Delivery.REPLAYED, 7, 5);
            sequencer.complete(5);
            sequencer.complete(7);
            assertThat(sequencer.emitted()).containsExactly("+I 5@7", "wm 6999");
            assertThat(sequencer.progress()).containsExactly(new SourceProgress("orders", 0, 1, 7));
        }
    }

    @Test
    void afterTheEndOnlyWhatWasReleasedIsLeftOut() throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = started()) {
            insert(sequencer, Delivery.REPLAYED, 6, 5);
            sequencer.complete(6);
            sequencer.complete(SequencedRows.END);
            state = sequencer.checkpoint(1);
        }
        try (SequencerHarness sequencer = restored(state)) {
            insert(sequencer, Delivery.REPLAYED, 6, 5);
            insert(sequencer, Delivery.REPLAYED, 7, 5);
            sequencer.complete(7);
            assertThat(sequencer.emitted()).containsExactly("+I 5@7", "wm 6999");
        }
    }

    @Test
    void rowsThatAreNotReadAgainMayNotComeLate() throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = started()) {
            sequencer.complete(6);
            state = sequencer.checkpoint(1);
        }
        try (SequencerHarness sequencer = restored(state)) {
            assertThatThrownBy(() -> insert(sequencer, Delivery.KEPT, 6, 5))
                    .hasMessageContaining("cannot order a row of version 6");
            assertThatThrownBy(() -> insert(sequencer, Delivery.STREAMED, 6, 5))
                    .hasMessageContaining("cannot order a row of version 6");
            sequencer.complete(7);
            assertThatThrownBy(() -> insert(sequencer, Delivery.REPLAYED, 7, 5))
                    .hasMessageContaining("cannot order a row of version 7");
        }
    }

    @Test
    void everySubtaskKnowsWhatWasReleasedAfterRescaling() throws Exception {
        OperatorSubtaskState state;
        try (SequencerHarness sequencer = started()) {
            sequencer.complete(6);
            state = sequencer.checkpoint(1);
        }
        for (int subtask = 0; subtask < 3; subtask++) {
            try (SequencerHarness sequencer =
                    SequencerHarness.restore(state, 1, subtask, 3, new HashMapStateBackend())) {
                sequencer.complete(6);
                assertThat(sequencer.progress()).as("released before").isEmpty();
                sequencer.complete(7);
                assertThat(sequencer.progress()).hasSize(1);
            }
        }
    }

    private static long size(OperatorSubtaskState state) {
        return state.getStateSize();
    }
}
