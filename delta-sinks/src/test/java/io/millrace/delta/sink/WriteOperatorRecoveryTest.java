package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.table.RefusedException;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/**
 * How the writers' state meets the table's log: commits, own and foreign, restores and rebuilds.
 */
class WriteOperatorRecoveryTest extends WriteOperatorTestBase {

    @Test
    void forgetsResultsThatTheLogShowsAsCommitted() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            for (int i = 0; i < 20; i++) {
                writers.process(insert(i, "a"));
            }
            writers.checkpoint(1);
            assertThat(writers.pendingInState()).isEqualTo(2);
            writers.commit(1, false);
            update(writers, 3, "a", "b");
            writers.checkpoint(2);

            assertThat(writers.pendingInState()).isEqualTo(1);
            assertThat(writers.staged().get(0).indexVersion()).isEqualTo(1);
            writers.commit(2, false);
        }

        assertThat(feed()).containsExactly("update_preimage 3,a", "update_postimage 3,b");
    }

    @Test
    void restoresWithPendingAndCommittedResultsAtAnotherParallelism() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            for (int i = 0; i < 10; i++) {
                writers.process(insert(i, "a"));
            }
            writers.checkpoint(1);
            writers.commit(1, false);
            for (int i = 5; i < 15; i++) {
                if (i < 10) {
                    update(writers, i, "a", "b");
                } else {
                    writers.process(insert(i, "b"));
                }
            }
            writers.process(row(RowKind.DELETE, 0, "a"));
            writers.checkpoint(2);
            writers.restore(3, 2);
            for (int i = 0; i < 15; i++) {
                if (i == 0) {
                    writers.process(insert(i, "c"));
                } else {
                    update(writers, i, i < 5 ? "a" : "b", "c");
                }
            }
            writers.checkpoint(3);
            assertThat(writers.pendingInState()).isEqualTo(5);
            writers.commit(3, false);
            assertThat(rows()).hasSize(15).allMatch(row -> row.endsWith(",c"));
            assertThat(feed()).hasSize(25);

            writers.restore(1, 3);
            writers.process(row(RowKind.DELETE, 7, "c"));
            writers.checkpoint(4);
            assertThat(writers.pendingInState()).isEqualTo(1);
            writers.commit(4, false);
        }

        assertThat(feed()).containsExactly("delete 7,c");
        assertThat(rows()).hasSize(14);
    }

    @Test
    void followsForeignCommits() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            commitElsewhere(insert(1, "x"), insert(2, "y"));
            update(writers, 1, "a", "b");
            writers.process(insert(2, "b"));
            writers.checkpoint(2);
            writers.commit(2, false);
        }

        assertThat(feed())
                .containsExactlyInAnyOrder(
                        "update_preimage 1,x",
                        "update_postimage 1,b",
                        "update_preimage 2,y",
                        "update_postimage 2,b");
        assertThat(table.log().at(table.snapshot().version()).info().parameters())
                .doesNotContainKey("millrace.remerged");
    }

    @Test
    void loadsAgainAfterACommitThatWasMergedAnew() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            update(writers, 1, "a", "b");
            writers.checkpoint(2);
            commitElsewhere(insert(1, "b"), insert(3, "x"));
            update(writers, 1, "b", "c");
            writers.barrier(3);
            update(writers, 2, "a", "c");
            writers.checkpoint(4);
            writers.commit(4, false);
            assertThat(rows()).containsExactlyInAnyOrder("1,c", "2,c", "3,x");
            update(writers, 1, "c", "d");
            update(writers, 3, "x", "d");
            writers.checkpoint(5);
            writers.commit(5, false);
        }

        assertThat(rows()).containsExactlyInAnyOrder("1,d", "2,c", "3,d");
        assertThat(feed()).hasSize(4);
    }

    @Test
    void aRebuildWritesOnlyWhatDiffers() throws Exception {
        try (TestWriters first = writers(false)) {
            first.start(1);
            first.process(insert(1, "a"));
            first.process(insert(2, "a"));
            first.process(insert(3, "a"));
            first.checkpoint(1);
            first.commit(1, false);
        }
        WriterSettings again = new WriterSettings(spec, "p/t2", true, true);
        try (TestWriters writers = new TestWriters(again)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.restore(1, 1);
            writers.process(insert(2, "b"));
            writers.process(insert(4, "b"));
            writers.checkpoint(2);
            assertThat(writers.commit(2, true))
                    .isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
            update(writers, 1, "a", "z");
            writers.checkpoint(3);
            writers.commit(3, false);
        }

        assertThat(rows()).containsExactlyInAnyOrder("1,z", "2,b", "4,b");
        assertThat(feed()).containsExactlyInAnyOrder("update_preimage 1,a", "update_postimage 1,z");
    }

    @Test
    void refusesToStartWithoutTheStateOfAnEarlierRun() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
        }
        try (TestWriters writers = writers(false)) {
            assertThatThrownBy(() -> writers.start(1))
                    .hasCauseInstanceOf(RefusedException.class)
                    .hasRootCauseMessage(
                            table.location()
                                    + ": cannot write at version 1: an earlier run of this sink has committed to it, and this run starts without state. Start from the last checkpoint, or with --rebuild.");
        }
    }

    @Test
    void refusesStateThatIsOlderThanTheTable() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(5, false);
            assertThatThrownBy(() -> writers.restore(1, 1))
                    .hasRootCauseMessage(
                            table.location()
                                    + ": cannot write at version 1: it holds checkpoint 5 of this sink, and the state is of checkpoint 1. Start from checkpoint 5 or later, or with --rebuild.");
        }
    }
}
