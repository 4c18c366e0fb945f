package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;

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
    private final List<String> checkpoints;

    private SqlJob(MiniCluster cluster, JobID id, List<String> checkpoints) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.id = requireNonNull(id, "id is null");
        this.checkpoints = checkpoints;
    }

    /**
     * @param state where checkpoints go
     * @param restoreFrom the checkpoint to start from
     */
    static SqlJob start(
            MiniCluster cluster,
            Statements statements,
            int parallelism,
            Path state,
            Optional<String> restoreFrom) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1000);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, 16);
        configuration.set(
                ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION,
                ExecutionConfigOptions.UidGeneration.ALWAYS);
        configuration.set(RunOptions.PIPELINE, "test");
        configuration.set(RunOptions.RUN_ID, "run");
        configuration.set(RunOptions.POLL_INTERVAL, Duration.ofMillis(10));
        statements.options().forEach(configuration::setString);
        restoreFrom.ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        TestStreamEnvironment environment =
                new TestStreamEnvironment(
                        cluster, configuration, parallelism, List.of(), List.of());
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        configuration.toMap().forEach(tables.getConfig()::set);
        tables.createTemporarySystemFunction("fault", Faults.class);
        statements.tables().forEach(tables::executeSql);
        StatementSet set = tables.createStatementSet();
        statements.inserts().forEach(set::addInsertSql);
        JobID id = set.execute().getJobClient().orElseThrow().getJobID();
        List<String> checkpoints = new ArrayList<>();
        restoreFrom.ifPresent(checkpoints::add);
        return new SqlJob(cluster, id, checkpoints);
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
            checkpoints.add(checkpoint.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return true;
        } catch (ExecutionException aborted) {
            requireAlive();
            return false;
        } catch (TimeoutException e) {
            throw new AssertionError("a checkpoint neither completed nor was aborted", e);
        }
    }

    /** The newest completed checkpoint. */
    Optional<String> newestCheckpoint() {
        return checkpoints.isEmpty()
                ? Optional.empty()
                : Optional.of(checkpoints.get(checkpoints.size() - 1));
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
        cluster.cancelJob(id).join();
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
