package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitOperatorTest {

    @TempDir Path folder;

    private CommitSettings settings;

    @BeforeEach
    void settings() {
        settings = CommitHarness.settings(folder);
    }

    @Test
    void commitsWhenTheCheckpointIsCompleteAndNotBefore() throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 3);
            sink.write(1, 1, 2);
            sink.snapshot(1, 1);
            assertThat(sink.version()).isEqualTo(-1);

            sink.notifyOfCompletedCheckpoint(1);

            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.table().log().at(1).info().parameters())
                    .containsEntry("millrace.sources", "{\"orders\":3}")
                    .containsEntry("millrace.checkpoint", "1");
            assertThat(sink.lastEvent())
                    .isEqualTo(
                            new SinkProgressEvent(
                                    Map.of("orders", 3L),
                                    0,
                                    List.of(
                                            new SinkCommit(
                                                    1,
                                                    new ChangeCounts(2, 0, 0),
                                                    Map.of("orders", 3L)))));
        }
    }

    @Test
    void checkpointWithoutChangesMakesNoVersionAndReportsItsSources() throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 3);
            sink.write(1, 1);
            sink.checkpoint(1);
            sink.release("orders", 4);
            sink.checkpoint(2);

            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.lastEvent())
                    .isEqualTo(new SinkProgressEvent(Map.of("orders", 4L), 0, List.of()));
        }
    }

    @Test
    void abortedCheckpointIsCommittedWithTheNextInOrder() throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 0);
            sink.write(1, 1);
            sink.snapshot(1, 1);
            sink.release("orders", 1);
            sink.write(2, 2, 3);
            sink.snapshot(2, 2);

            sink.notifyOfCompletedCheckpoint(2);

            assertThat(sink.version()).isEqualTo(2);
            assertThat(sink.rowsAddedIn(1)).isEqualTo(1);
            assertThat(sink.rowsAddedIn(2)).isEqualTo(2);
        }
    }

    @Test
    void fragmentOfAnAbortedCheckpointWaitsForTheWhole() throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 0);
            sink.write(1, 1); // the barrier of checkpoint 1 never comes
            sink.write(2, 2);
            sink.checkpoint(2);

            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.rowsAddedIn(1)).isEqualTo(2);
        }
    }

    @Test
    void nothingIsCommittedBeforeEverySourceReleasedItsFirstVersion() throws Exception {
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings, "orders", "customers")) {
            sink.release("orders", 5);
            sink.write(1, 1);
            sink.checkpoint(1);
            sink.write(2, 2);
            state = sink.checkpoint(2);
            assertThat(sink.version()).isEqualTo(-1);
            assertThat(sink.lastEvent().pending()).isEqualTo(1);
            assertThat(sink.lastEvent().released()).containsOnlyKeys("orders");
        }
        try (CommitHarness sink = CommitHarness.restore(state, settings, "orders", "customers")) {
            sink.release("customers", 1);
            sink.write(3, 3);
            sink.checkpoint(3);

            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.rowsAddedIn(1)).isEqualTo(3);
            assertThat(sink.table().log().at(1).info().parameters())
                    .containsEntry("millrace.sources", "{\"customers\":1,\"orders\":5}");
        }
    }

    @Test
    void nothingIsCommittedWhileALargeVersionStreamsThrough() throws Exception {
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 5);
            sink.write(1, 1);
            sink.checkpoint(1);
            assertThat(sink.version()).isEqualTo(1);

            sink.open("orders", 1, 6);
            sink.write(2, 2);
            sink.checkpoint(2);
            sink.write(3, 3);
            state = sink.checkpoint(3);
            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.lastEvent().pending()).isEqualTo(1);
        }
        try (CommitHarness sink = CommitHarness.restore(state, settings, "orders")) {
            sink.write(4, 4);
            sink.checkpoint(4);
            assertThat(sink.version()).isEqualTo(1);
            sink.release("orders", 6);
            sink.checkpoint(5);

            assertThat(sink.version()).isEqualTo(2);
            assertThat(sink.rowsAddedIn(2)).isEqualTo(3);
            assertThat(sink.table().log().at(2).info().parameters())
                    .containsEntry("millrace.sources", "{\"orders\":6}");
        }
    }

    @Test
    void restoreCommitsWhatWasPendingOnce() throws Exception {
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 0);
            sink.write(1, 1);
            state = sink.snapshot(1, 1);
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            try (CommitHarness sink = CommitHarness.restore(state, settings, "orders")) {
                assertThat(sink.version()).isEqualTo(1);
                assertThat(sink.lastEvent().commits()).hasSize(1);
                assertThat(sink.lastEvent().released()).containsEntry("orders", 0L);
            }
        }
    }

    @Test
    void restoredSourceIsAtTheVersionOfTheState() throws Exception {
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 7);
            sink.write(1, 1);
            state = sink.checkpoint(1);
        }
        try (CommitHarness sink = CommitHarness.restore(state, settings, "orders")) {
            sink.write(2, 2);
            sink.checkpoint(2);
            assertThat(sink.table().log().at(2).info().parameters())
                    .containsEntry("millrace.sources", "{\"orders\":7}");
            assertThat(sink.table().snapshot().transactionVersion("pipeline/target")).hasValue(2);
        }
    }

    @Test
    void barrierThatCutsThroughAVersionFails() throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 0, 3);
            sink.release("orders", 1, 4);

            assertThatThrownBy(() -> sink.snapshot(1, 1))
                    .rootCause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("target: cannot commit")
                    .hasMessageContaining("{0=3, 1=4}");
        }
    }

    @Test
    void stateThatIsMissingIsRefusedUnlessRebuilding() throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 0);
            sink.write(1, 1, 2);
            sink.checkpoint(1);
        }
        assertThatThrownBy(() -> CommitHarness.start(settings, "orders"))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("target: cannot write")
                .hasMessageContaining("/warehouse/state/pipeline")
                .hasMessageContaining("--rebuild");

        try (CommitHarness sink =
                CommitHarness.start(CommitHarness.rebuilding(settings), "orders")) {
            sink.release("orders", 0);
            sink.write(1, 2, 3);
            sink.checkpoint(1);
            assertThat(sink.lastEvent().commits())
                    .containsExactly(
                            new SinkCommit(2, new ChangeCounts(1, 0, 1), Map.of("orders", 0L)));
            assertThat(sink.table().snapshot().transactionVersion("pipeline/target")).hasValue(2);
        }
    }

    @Test
    void stateOlderThanTheTableIsRefused() throws Exception {
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings, "orders")) {
            sink.release("orders", 0);
            sink.write(1, 1);
            state = sink.checkpoint(1);
            sink.write(2, 2);
            sink.checkpoint(2);
        }
        assertThatThrownBy(() -> CommitHarness.restore(state, settings, "orders"))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("number 2")
                .hasMessageContaining("ends at number 1");
    }

    @Test
    void inputThatEndsWithoutCheckpointsIsCommittedAtTheEnd() throws Exception {
        try (CommitHarness sink = CommitHarness.start(CommitHarness.withoutCheckpoints(settings))) {
            sink.write(1, 1, 2);
            sink.end();
            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.rowsAddedIn(1)).isEqualTo(2);
        }
    }

    @Test
    void coordinatorAnswersWithWhatWasReported() throws Exception {
        CommitCoordinator coordinator = new CommitCoordinator("target", "/warehouse/target");
        SinkCommit first = new SinkCommit(1, new ChangeCounts(1, 0, 0), Map.of("orders", 0L));
        SinkCommit second = new SinkCommit(2, new ChangeCounts(0, 1, 0), Map.of("orders", 1L));
        coordinator.handleEventFromOperator(
                0, 0, new SinkProgressEvent(Map.of("orders", 0L), 1, List.of(first)));
        coordinator.handleEventFromOperator(
                0, 1, new SinkProgressEvent(Map.of("orders", 1L), 0, List.of(first, second)));

        assertThat(coordinator.handleCoordinationRequest(new SinkProgressRequest()).get())
                .isEqualTo(
                        new SinkProgress(
                                "target",
                                "/warehouse/target",
                                Map.of("orders", 1L),
                                0,
                                List.of(first, second)));
    }
}
