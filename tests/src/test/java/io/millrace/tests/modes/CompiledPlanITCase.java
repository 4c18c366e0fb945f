package io.millrace.tests.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.sink.sql.InsertOnlyInputs;
import io.millrace.tests.harness.RawTable;
import io.millrace.tests.harness.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink does that is made from a compiled plan. */
class CompiledPlanITCase {

    private static SharedCluster cluster;

    @TempDir Path folder;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SharedCluster.start(2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void ofAnInputThatOnlyInsertsTheLastRowOfAKeyCounts() throws Exception {
        String plan = plan("", "INSERT INTO t VALUES (1, 'a'), (1, 'b'), (2, 'c')", "");

        assertThatThrownBy(() -> run(plan, "")).hasStackTraceContaining("cannot write key (id=1)");
        run(plan, InsertOnlyInputs.option(plan));

        assertThat(rows()).containsExactlyInAnyOrder(List.of(1L, "b"), List.of(2L, "c"));
    }

    @Test
    void anInputThatUpdatesIsNotTakenForOneThatOnlyInserts() {
        String plan =
                plan(
                        "",
                        "INSERT INTO t SELECT id, MAX(name) FROM (VALUES (1, 'a'), (1, 'b')) AS v (id, name) GROUP BY id",
                        "");

        assertThat(InsertOnlyInputs.option(plan)).isEmpty();
    }

    @Test
    void conflictsAreLeftToThePlannerAsWhenThePlanWasMade() throws Exception {
        String plan =
                plan(
                        ", 'sink.input' = 'upsert'",
                        "INSERT INTO t SELECT n, MAX(name) FROM (VALUES (1, 1, 'a'), (2, 1, 'a')) AS v (id, n, name) GROUP BY id, n",
                        " ON CONFLICT DO DEDUPLICATE");

        run(plan, InsertOnlyInputs.option(plan));

        assertThat(rows()).containsExactly(List.of(1L, "a"));
    }

    private List<List<Object>> rows() {
        RawTable table = new RawTable(folder.resolve("t"));
        return table.rows(table.latestVersion());
    }

    private String plan(String options, String insert, String conflict) {
        StreamTableEnvironment tables = session("");
        tables.executeSql(
                """
                CREATE TABLE t (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                WITH ('connector' = 'delta', 'path' = '%s'%s)
                """
                        .formatted(folder.resolve("t"), options));
        return tables.compilePlanSql(insert + conflict).asJsonString();
    }

    private void run(String plan, String insertOnly) throws Exception {
        session(insertOnly)
                .loadPlan(PlanReference.fromJsonString(plan))
                .execute()
                .await(1, TimeUnit.MINUTES);
    }

    private static StreamTableEnvironment session(String insertOnly) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        new TestStreamEnvironment(
                                cluster.cluster(), configuration, 1, List.of(), List.of()));
        tables.getConfig().set(RunOptions.INSERT_ONLY_SINKS, insertOnly);
        return tables;
    }
}
