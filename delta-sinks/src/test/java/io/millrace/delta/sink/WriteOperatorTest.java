package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.commit.WriteResultTypeSerializer;
import io.millrace.delta.write.WriteSpec;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** What the writers send at a checkpoint for the rows that came before it. */
class WriteOperatorTest extends WriteOperatorTestBase {

    @Test
    void sendsWhatIsLeftOfACheckpointBeforeItsBarrier() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            update(writers, 1, "a", "b");
            writers.process(insert(2, "gone"));
            writers.process(row(RowKind.DELETE, 2, "gone"));
            writers.checkpoint(7);

            assertThat(writers.staged()).hasSize(1);
            WriteResult result = writers.staged().get(0);
            assertThat(result.checkpointId()).isEqualTo(7);
            assertThat(result.indexVersion()).isEqualTo(-1);
            assertThat(result.counts()).isEqualTo(new ChangeCounts(1, 0, 0));
            assertThat(result.changeFiles()).isEmpty();
            writers.commit(7, false);
        }

        assertThat(rows()).containsExactly("1,b");
    }

    @Test
    void sendsNothingWhereNothingIsLeft() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.process(row(RowKind.DELETE, 1, "a"));
            writers.checkpoint(1);

            assertThat(writers.staged()).isEmpty();
            assertThat(writers.pendingInState()).isZero();
        }
    }

    @Test
    void readsThePreImageBackWhereTheInputHasNone() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "same"));
            writers.checkpoint(1);
            writers.process(insert(1, "b"));
            writers.process(insert(2, "same"));
            writers.checkpoint(2);
            assertThat(writers.staged().get(1).counts()).isEqualTo(new ChangeCounts(0, 1, 0));
            writers.commit(1, false);
        }
    }

    @Test
    void aDeleteOfAnUnknownKeyIsNothing() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(row(RowKind.DELETE, 1, "a"));
            writers.checkpoint(1);

            assertThat(writers.staged()).isEmpty();
        }
    }

    @Test
    void theEndOfTheInputBelongsToTheNextCheckpoint() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.process(insert(2, "a"));
            writers.endInput();
            writers.checkpoint(2);

            assertThat(writers.staged())
                    .extracting(WriteResult::checkpointId)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void anUpdateOverNothingRetractedKeepsTheLastRow() throws Exception {
        try (TestWriters writers = new TestWriters(new WriterSettings(spec, "p/t", false, false))) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(1, "b"));
            writers.checkpoint(1);
            writers.commit(1, false);
            writers.process(insert(1, "c"));
            writers.process(insert(1, "b"));
            writers.checkpoint(2);
            assertThat(writers.staged()).isEmpty();
        }

        assertThat(rows()).containsExactly("1,b");
    }

    @Test
    void rowsWithoutAKeyAreAppendedAndNotKeptInState() throws Exception {
        WriteSpec appending = WriteSpec.of(table.location(), TYPE, List.of());
        WriterSettings settings = new WriterSettings(appending, "p/t", false, false);
        try (var writer =
                new OneInputStreamOperatorTestHarness<RowData, WriteResult>(
                        new WriteOperatorFactory(settings))) {
            writer.setup(new WriteResultTypeSerializer());
            writer.open();
            writer.processElement(insert(1, "a"), 0);
            writer.processElement(insert(1, "a"), 0);
            writer.prepareSnapshotPreBarrier(1);
            writer.snapshot(1, 0);

            WriteResult result = writer.extractOutputValues().get(0);
            assertThat(result.counts()).isEqualTo(new ChangeCounts(2, 0, 0));
            assertThat(result.files().get(0).rows()).isEqualTo(2);
            assertThat(result.changeFiles()).isEmpty();
            assertThat(
                            writer.getOperator()
                                    .getOperatorStateBackend()
                                    .getUnionListState(WriteOperator.PENDING_RESULTS)
                                    .get())
                    .isEmpty();
        }
    }

    @Test
    void twoRowsOfOneKeyFailNamingTableAndKey() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(1, "b"));

            assertThatThrownBy(() -> writers.checkpoint(1))
                    .hasMessageStartingWith(table.location() + ": cannot write key (id=1)");
        }
    }
}
