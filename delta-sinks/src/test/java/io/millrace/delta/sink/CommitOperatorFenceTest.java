package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older attempt, or an older run, is still alive when a newer one begins. */
class CommitOperatorFenceTest {

    @TempDir Path folder;

    private CommitSettings run(String id) {
        CommitSettings s = CommitHarness.settings(folder);
        return new CommitSettings(
                        s.dataset(),
                        s.spec(),
                        new CommitFacts(s.facts().sinkId(), Map.of("millrace.run", id)),
                        s.rebuild(),
                        s.commitsOnCheckpoints(),
                        s.stateFolder())
                .fencing();
    }

    private static OperatorSubtaskState firstCommit(CommitHarness sink) throws Exception {
        sink.release("orders", 0);
        sink.write(1, 1);
        return sink.checkpoint(1);
    }

    @Test
    void runThatBeginsFencesTheOneBeforeIt() throws Exception {
        try (CommitHarness old = CommitHarness.start(run("a"), "orders")) {
            OperatorSubtaskState state = firstCommit(old);
            try (CommitHarness young = CommitHarness.restore(state, run("b"), "orders")) {
                assertThat(young.version()).isEqualTo(2);
                assertThat(young.table().log().at(2).info().parameters())
                        .containsEntry("millrace.fence", "true")
                        .containsEntry("millrace.run", "b")
                        .containsEntry("millrace.checkpoint", "1")
                        .containsEntry("millrace.sources", "{\"orders\":0}");

                old.write(2, 2);
                assertThatThrownBy(() -> old.checkpoint(2))
                        .isInstanceOf(SuppressRestartsException.class)
                        .cause()
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("cannot commit number 2 of pipeline/target");
                young.write(2, 2, 3);
                young.checkpoint(2);

                assertThat(young.version()).isEqualTo(3);
                assertThat(young.rowsAddedIn(3)).isEqualTo(2);
                assertThat(young.table().snapshot().transactionVersion("pipeline/target"))
                        .hasValue(3);
            }
        }
    }

    @Test
    void fencedRunDoesNotFenceInTurnWhenItRestarts() throws Exception {
        OperatorSubtaskState state;
        OperatorSubtaskState later;
        try (CommitHarness old = CommitHarness.start(run("a"), "orders")) {
            state = firstCommit(old);
            later = old.snapshot(2, 2);
        }
        CommitHarness.restore(state, run("b"), "orders").close();

        assertThatThrownBy(() -> CommitHarness.restore(later, run("a"), "orders"))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("run b has taken over");
    }

    @Test
    void runThatWasFencedBeforeItsFirstCheckpointStaysFenced() throws Exception {
        OperatorSubtaskState state;
        try (CommitHarness first = CommitHarness.start(run("a"), "orders")) {
            state = firstCommit(first);
        }
        CommitHarness.restore(state, run("b"), "orders").close();
        CommitHarness.restore(state, run("c"), "orders").close();

        assertThatThrownBy(() -> CommitHarness.restore(state, run("b"), "orders"))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .hasMessageContaining("run c has taken over");
        try (CommitHarness third = CommitHarness.restore(state, run("c"), "orders")) {
            assertThat(third.version()).isEqualTo(3);
        }
    }

    @Test
    void attemptsOfOneRunCommitTheSameNumbersAndNoFence() throws Exception {
        try (CommitHarness zombie = CommitHarness.start(run("a"), "orders")) {
            zombie.release("orders", 0);
            zombie.write(1, 1);
            OperatorSubtaskState state = zombie.snapshot(1, 1);
            try (CommitHarness attempt = CommitHarness.restore(state, run("a"), "orders")) {
                assertThat(attempt.version()).isEqualTo(1);
                zombie.notifyOfCompletedCheckpoint(1);
                assertThat(attempt.version()).isEqualTo(1);

                attempt.write(2, 2);
                attempt.checkpoint(2);
                assertThat(attempt.version()).isEqualTo(2);
            }
        }
    }

    @Test
    void rebuildFencesTheRunThatIsStillAtWork() throws Exception {
        try (CommitHarness old = CommitHarness.start(run("a"), "orders")) {
            firstCommit(old);
            try (CommitHarness rebuild =
                    CommitHarness.start(CommitHarness.rebuilding(run("b")).fencing(), "orders")) {
                old.write(2, 2);
                assertThatThrownBy(() -> old.checkpoint(2))
                        .isInstanceOf(SuppressRestartsException.class);
                rebuild.release("orders", 0);
                rebuild.write(1, 1, 5);
                rebuild.checkpoint(1);

                assertThat(rebuild.version()).isEqualTo(3);
            }
        }
    }
}
