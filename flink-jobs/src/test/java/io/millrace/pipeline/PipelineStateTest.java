package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.PipelineState.Epoch;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineStateTest {
    @TempDir private Path folder;

    private static void complete(Path restorePoint, long checkpointId) throws IOException {
        Files.createDirectories(restorePoint);
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(restorePoint.resolve("_metadata")))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(checkpointId, List.of(), List.of()), out);
        }
    }

    @Test
    void theNewestIsTheHighestNumberThatWasCompleted() throws IOException {
        Epoch epoch = new PipelineState("p", folder).open("plan", "{}");
        complete(epoch.checkpoints().resolve("job1/chk-9"), 9);
        complete(epoch.savepoints().resolve("savepoint-abc"), 10);
        complete(epoch.checkpoints().resolve("job2/chk-12"), 12);
        Files.createDirectories(epoch.checkpoints().resolve("job2/chk-13"));
        Files.write(
                Files.createDirectories(epoch.checkpoints().resolve("job2/chk-14"))
                        .resolve("_metadata"),
                new byte[] {0x49, 0x60, 0x67});
        // A clock that was set back does not matter.
        Files.setLastModifiedTime(
                epoch.checkpoints().resolve("job2/chk-12/_metadata"), FileTime.fromMillis(1));
        assertThat(epoch.newest().map(RestorePoint::folder))
                .hasValue(epoch.checkpoints().resolve("job2/chk-12"));
    }

    @Test
    void anEpochHidesThoseBeforeIt() throws IOException {
        PipelineState state = new PipelineState("p", folder);
        Epoch first = state.open("old", "{}");
        complete(first.checkpoints().resolve("job/chk-99"), 99);
        state.open("new", "{1}");
        Epoch current = state.current().orElseThrow();
        assertThat(current.planId()).isEqualTo("new");
        assertThat(current.compiledPlan()).isEqualTo("{1}");
        assertThat(current.newest()).isEmpty();
    }

    @Test
    void aSavepointReplacesWhatWasBefore() throws IOException {
        PipelineState state = new PipelineState("p", folder);
        Epoch first = state.open("old", "{}");
        Epoch epoch = state.open("new", "{}");
        complete(epoch.checkpoints().resolve("job/chk-3"), 3);
        complete(epoch.savepoints().resolve("savepoint-a"), 2);
        complete(epoch.savepoints().resolve("savepoint-b"), 4);
        state.stopped(epoch, epoch.newest().orElseThrow(), Map.of("orders", 7L));
        assertThat(first.folder()).doesNotExist();
        assertThat(epoch.checkpoints()).isEmptyDirectory();
        assertThat(RestorePoint.all(folder)).hasSize(1);
        assertThat(state.progress(epoch)).isEqualTo(Map.of("orders", 7L));
        state.started(epoch);
        assertThat(state.progress(epoch)).isEmpty();
    }

    @Test
    void oneRunAtATime() {
        try (RunLock lock = RunLock.acquire("p", folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> RunLock.acquire("p", folder))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(
                            "p: cannot start: another run of this pipeline is at work (process");
        }
        RunLock.acquire("p", folder).close();
    }

    @Test
    void aDamagedEpochNamesTheWayOut() throws IOException {
        PipelineState state = new PipelineState("p", folder);
        Files.delete(state.open("plan", "{}").folder().resolve("compiled-plan.json"));
        assertThatThrownBy(state::current)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--rebuild");
    }
}
