package io.millrace.delta.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.sink.DeltaSink;
import io.millrace.delta.sink.SinkCommit;
import io.millrace.delta.sink.SinkProgress;
import io.millrace.delta.sink.SinkProgressRequest;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Delta table kept up to date from another, as a refresh does: up to a version, then stop. */
class CopyITCase {

    private static final RowType ROW_TYPE =
            DeltaTypes.toRowType(
                    new io.delta.kernel.types.StructType()
                            .add("id", io.delta.kernel.types.LongType.LONG, false)
                            .add("name", io.delta.kernel.types.StringType.STRING));

    @TempDir Path folder;

    private TableWrite source;
    private long sourceVersion;

    @BeforeEach
    void source() throws Exception {
        source =
                TableWrite.open(
                        DeltaTable.at(location("orders")),
                        WriteSpec.of(location("orders"), ROW_TYPE, List.of("id")));
    }

    @Test
    void refreshGoesOnFromItsSavepointAndReportsWhatItCommitted() throws Exception {
        upsert(1, "a");
        upsert(2, "b");
        commit();
        upsert(2, "B");
        upsert(3, "c");
        commit();

        JobClient first = refresh("");
        SinkProgress progress = progressAt(first, sourceVersion);
        String savepoint = stop(first);

        assertThat(progress.location()).isEqualTo(location("copy"));
        assertThat(progress.commits())
                .containsExactly(
                        new SinkCommit(
                                1, new ChangeCounts(3, 0, 0), Map.of("orders", sourceVersion)));

        upsert(1, "A");
        source.delete(row(2, "B"));
        commit();
        upsert(4, "d");
        commit();
        JobClient second = refresh(savepoint);
        progressAt(second, sourceVersion);
        stop(second);

        assertThat(TargetRows.rows(DeltaTable.at(location("copy"))))
                .isEqualTo(Map.of(1L, "A", 3L, "c", 4L, "d"));
        DeltaTable copy = DeltaTable.at(location("copy"));
        assertThat(copy.log().at(copy.snapshot().version()).info().parameters())
                .containsEntry("millrace.sources", "{\"orders\":" + sourceVersion + "}")
                .containsEntry("millrace.pipeline", "copying");
    }

    @Test
    void lostStateIsRefusedAndARebuildWritesOnlyWhatDiffers() throws Exception {
        upsert(1, "a");
        upsert(2, "b");
        upsert(3, "c");
        commit();
        JobClient first = refresh("");
        progressAt(first, sourceVersion);
        stop(first);
        upsert(2, "B");
        source.delete(row(3, "c"));
        upsert(4, "d");
        commit();

        assertThatThrownBy(() -> progressAt(refresh(""), sourceVersion))
                .satisfies(
                        failure ->
                                assertThat(ExceptionUtils.stringifyException(failure))
                                        .contains("RefusedException", "--rebuild"));
        JobClient rebuild = refresh("", true);
        SinkProgress progress = progressAt(rebuild, sourceVersion);

        assertThat(progress.commits())
                .containsExactly(
                        new SinkCommit(
                                2, new ChangeCounts(1, 1, 1), Map.of("orders", sourceVersion)));
        String savepoint = stop(rebuild);
        upsert(1, "A");
        upsert(4, "D");
        commit();
        JobClient last = refresh(savepoint);
        progressAt(last, sourceVersion);
        stop(last);
        assertThat(TargetRows.rows(DeltaTable.at(location("copy"))))
                .isEqualTo(Map.of(1L, "A", 2L, "B", 4L, "D"));
    }

    private JobClient refresh(String savepoint) {
        return refresh(savepoint, false);
    }

    private JobClient refresh(String savepoint, boolean rebuild) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("state").toUri() + "");
        if (!savepoint.isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.setMaxParallelism(16);
        env.enableCheckpointing(100);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().set("table.exec.uid.generation", "ALWAYS");
        tables.getConfig().set("table.exec.resource.default-parallelism", "2");
        tables.getConfig().set(RunOptions.PIPELINE, "copying");
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("orders", "" + sourceVersion));
        tables.getConfig().set(RunOptions.REBUILD, rebuild);
        for (String table : List.of("orders", "copy")) {
            tables.executeSql(
                    """
                    CREATE TABLE %s (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                    WITH ('connector' = 'delta', 'path' = '%s')
                    """
                            .formatted(table, location(table)));
        }
        return tables.executeSql("INSERT INTO copy SELECT id, name FROM orders")
                .getJobClient()
                .orElseThrow();
    }

    /** Asks until the version is contained in the result and committed. */
    private static SinkProgress progressAt(JobClient job, long version) throws Exception {
        while (true) {
            SinkProgress progress = askWhileItRuns(job);
            if (progress.pending() == 0
                    && progress.released().getOrDefault("orders", -1L) >= version) {
                return progress;
            }
            waitABit(job);
        }
    }

    /** A job that has failed takes its cluster with it; then its failure counts. */
    private static SinkProgress askWhileItRuns(JobClient job) throws Exception {
        try {
            return ask((CoordinationRequestGateway) job);
        } catch (IllegalStateException gone) {
            job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
            throw gone;
        }
    }

    /** Returns early, with its failure, where the job fails. */
    private static void waitABit(JobClient job) throws Exception {
        CompletableFuture<?> either =
                CompletableFuture.anyOf(
                        job.getJobExecutionResult(),
                        new CompletableFuture<>()
                                .completeOnTimeout(job, 50, TimeUnit.MILLISECONDS));
        either.get();
    }

    private static SinkProgress ask(CoordinationRequestGateway gateway) throws Exception {
        return (SinkProgress)
                gateway.sendCoordinationRequest(
                                DeltaSink.commitUid("copy"), new SinkProgressRequest())
                        .get(1, TimeUnit.MINUTES);
    }

    private String stop(JobClient job) throws Exception {
        return job.stopWithSavepoint(
                        false,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(1, TimeUnit.MINUTES);
    }

    private void upsert(long id, String name) throws Exception {
        source.upsert(row(id, name));
    }

    private void commit() throws Exception {
        source.commit(new TransactionId("test", ++sourceVersion), Map.of());
        sourceVersion = DeltaTable.at(location("orders")).snapshot().version();
    }

    private static GenericRowData row(long id, String name) {
        return GenericRowData.of(id, StringData.fromString(name));
    }

    private String location(String table) {
        return folder.resolve(table).toString();
    }
}
