package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** A streaming job of SQL statements on a mini cluster, its checkpoints triggered by the test. */
final class SqlJob implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is to run. */
    record Statements(List<String> tables, List<String> inserts, Map<String, String> options) {

        Statements {
            tables = List.copyOf(tables);
            inserts = List.copyOf(inserts);
            options = Map.copyOf(options);
        }
    }

    private final MiniCluster cluster;
    private final JobID id;
    private final Path state;
    private final Optional<String> restoredFrom;

    private SqlJob(MiniCluster cluster, JobID id, Path state, Optional<String> restoredFrom) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.id = requireNonNull(id, "id is null");
        this.state = requireNonNull(state, "state is null");
        this.restoredFrom = requireNonNull(restoredFrom, "restoredFrom is null");
    }

    /**
     * The compiled plan of the statements. Operator ids come from it, so a job that is to restore
     * state has to run the same one.
     */
    static String compile(MiniCluster cluster, Statements statements) {
        StreamTableEnvironment tables = environment(cluster, statements, 1, new Configuration());
        StatementSet set = tables.createStatementSet();
        statements.inserts().forEach(set::addInsertSql);
        return set.compilePlan().asJsonString();
    }

    /**
     * @param plan of the same statements
     * @param state where checkpoints go
     * @param restoreFrom the checkpoint to start from
     */
    static SqlJob start(
            MiniCluster cluster,
            Statements statements,
            String plan,
            int parallelism,
            Path state,
            Optional<String> restoreFrom) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toUri().toString());
        restoreFrom.ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        JobID id =
                environment(cluster, statements, parallelism, configuration)
                        .loadPlan(PlanReference.fromJsonString(plan))
                        .execute()
                        .getJobClient()
                        .orElseThrow()
                        .getJobID();
        return new SqlJob(cluster, id, state, restoreFrom);
    }

    private static StreamTableEnvironment environment(
            MiniCluster cluster,
            Statements statements,
            int parallelism,
            Configuration configuration) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1000);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, 16);
        configuration.set(RunOptions.PIPELINE, "test");
        configuration.set(RunOptions.RUN_ID, "run");
        configuration.set(RunOptions.POLL_INTERVAL, Duration.ofMillis(10));
        statements.options().forEach(configuration::setString);
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        new TestStreamEnvironment(
                                cluster, configuration, parallelism, List.of(), List.of()));
        configuration.toMap().forEach(tables.getConfig()::set);
        tables.createTemporarySystemFunction("fault", Faults.class);
        statements.tables().forEach(tables::executeSql);
        return tables;
    }

    /** Starts a checkpoint; its future fails if the checkpoint is aborted. */
    CompletableFuture<String> triggerCheckpoint() {
        return cluster.triggerCheckpoint(id);
    }

    /** Whether a checkpoint triggered now was completed. */
    boolean checkpoint() throws InterruptedException {
        return completed(triggerCheckpoint());
    }

    /** Waits for the end of a checkpoint and says whether it was completed. */
    boolean completed(CompletableFuture<String> checkpoint) throws InterruptedException {
        try {
            checkpoint.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException aborted) {
            requireAlive();
            return false;
        } catch (TimeoutException e) {
            throw new AssertionError("a checkpoint neither completed nor was aborted", e);
        }
    }

    /**
     * The newest completed checkpoint, or the one it was started from. Looked up where checkpoints
     * lie: a completed one may be reported as failed when the job fails at the same moment.
     */
    Optional<String> newestCheckpoint() throws IOException {
        Path folder = state.resolve(id.toString());
        if (!Files.isDirectory(folder)) {
            return restoredFrom;
        }
        try (var checkpoints = Files.list(folder)) {
            return checkpoints
                    .filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
                    .max(Comparator.comparingLong(SqlJob::number))
                    .map(checkpoint -> checkpoint.toUri().toString())
                    .or(() -> restoredFrom);
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    /** Throws what the job died of, if it did. */
    void requireAlive() throws InterruptedException {
        if (status().isGloballyTerminalState()) {
            try {
                cluster.requestJobResult(id)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .toJobExecutionResult(getClass().getClassLoader());
            } catch (Exception e) {
                throw new AssertionError("the job has failed", e);
            }
            throw new AssertionError("the job has ended: " + status());
        }
    }

    JobStatus status() throws InterruptedException {
        try {
            return cluster.getJobStatus(id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no status of the job", e);
        }
    }

    /** Ends the job as a kill does: nothing more is checkpointed or committed after it. */
    @Override
    public void close() {
        Faults.none();
        // One that has failed cannot be cancelled.
        cluster.cancelJob(id).exceptionally(failure -> null).join();
        Await.until(
                () -> {
                    try {
                        return status().isGloballyTerminalState();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return true;
                    }
                },
                PATIENCE,
                () -> "the job does not end");
    }
}
