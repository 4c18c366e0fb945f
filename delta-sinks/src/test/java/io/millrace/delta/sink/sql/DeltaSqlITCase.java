package io.millrace.delta.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.VersionActions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INSERT into a Delta table, from a changelog of values and in batch. */
class DeltaSqlITCase {

    @TempDir Path folder;

    private StreamExecutionEnvironment env;
    private StreamTableEnvironment tables;

    @BeforeEach
    void streaming() {
        session(RuntimeExecutionMode.STREAMING);
    }

    private void session(RuntimeExecutionMode mode) {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        if (mode == RuntimeExecutionMode.STREAMING) {
            env.enableCheckpointing(50);
        }
        tables = StreamTableEnvironment.create(env);
        tables.getConfig().set("table.exec.resource.default-parallelism", "2");
        tables.getConfig().setLocalTimeZone(java.time.ZoneOffset.UTC);
    }

    @Test
    void changelogBecomesTheTable() throws Exception {
        changelog(
                Row.ofKind(RowKind.INSERT, 1L, "a"),
                Row.ofKind(RowKind.INSERT, 2L, "b"),
                Row.ofKind(RowKind.INSERT, 3L, "c"),
                Row.ofKind(RowKind.UPDATE_BEFORE, 2L, "b"),
                Row.ofKind(RowKind.UPDATE_AFTER, 2L, "B"),
                Row.ofKind(RowKind.DELETE, 3L, "c"));
        target("sink.id' = 'test");

        insert("INSERT INTO target SELECT id, name FROM changes");

        DeltaTable table = table();
        assertThat(TargetRows.rows(table)).isEqualTo(Map.of(1L, "a", 2L, "B"));
        assertThat(table.snapshot().metadata().key()).containsExactly("id");
        assertThat(table.snapshot().metadata().changeFeedEnabled()).isTrue();
        VersionActions last = table.log().at(table.snapshot().version());
        assertThat(last.transactions()).containsKey("test");
    }

    @Test
    void aggregateIsUpserted() throws Exception {
        changelog(
                Row.ofKind(RowKind.INSERT, 1L, "a"),
                Row.ofKind(RowKind.INSERT, 2L, "a"),
                Row.ofKind(RowKind.INSERT, 3L, "b"),
                Row.ofKind(RowKind.DELETE, 3L, "b"),
                Row.ofKind(RowKind.INSERT, 4L, "c"));
        tables.executeSql(
                """
                CREATE TABLE target (id BIGINT NOT NULL, name STRING, PRIMARY KEY (name) NOT ENFORCED)
                PARTITIONED BY (name) WITH ('connector' = 'delta', 'path' = '%s')
                """
                        .formatted(folder.resolve("target")));

        insert("INSERT INTO target SELECT COUNT(*), name FROM changes GROUP BY name");

        assertThat(TargetRows.rows(table())).isEqualTo(Map.of(2L, "a", 1L, "c"));
        assertThat(table().snapshot().metadata().partitionColumns()).containsExactly("name");
    }

    @Test
    void batchInsertIsOneCommit() throws Exception {
        session(RuntimeExecutionMode.BATCH);
        target("sink.change-feed' = 'false");

        insert("INSERT INTO target VALUES (1, 'a'), (2, 'b')");
        insert("INSERT INTO target VALUES (2, 'B'), (3, 'c')");

        assertThat(TargetRows.rows(table())).isEqualTo(Map.of(1L, "a", 2L, "B", 3L, "c"));
        assertThat(table().snapshot().version()).as("made, then two commits").isEqualTo(2);
    }

    @Test
    void appendModeKeepsEveryRow() throws Exception {
        session(RuntimeExecutionMode.BATCH);
        tables.executeSql(
                """
                CREATE TABLE target (id BIGINT, name STRING)
                WITH ('connector' = 'delta', 'path' = '%s')
                """
                        .formatted(folder.resolve("target")));

        insert("INSERT INTO target VALUES (1, 'a'), (2, 'b')");
        insert("INSERT INTO target VALUES (3, 'c')");

        assertThat(TargetRows.rows(table())).isEqualTo(Map.of(1L, "a", 2L, "b", 3L, "c"));
        assertThat(table().snapshot().metadata().key()).isEmpty();
    }

    @Test
    void appendModeRefusesUpdatesWhenPlanning() {
        changelog(Row.ofKind(RowKind.INSERT, 1L, "a"));
        target("sink.mode' = 'append");

        assertThatThrownBy(
                        () -> tables.explainSql("INSERT INTO target SELECT id, name FROM changes"))
                .hasMessageContaining("doesn't support consuming");
    }

    private void changelog(Row... changes) {
        DataStream<Row> stream =
                env.fromData(
                        Types.ROW_NAMED(new String[] {"id", "name"}, Types.LONG, Types.STRING),
                        changes);
        tables.createTemporaryView(
                "changes",
                tables.fromChangelogStream(
                        stream,
                        Schema.newBuilder()
                                .column("id", DataTypes.BIGINT().notNull())
                                .column("name", DataTypes.STRING())
                                .primaryKey("id")
                                .build()));
    }

    private void target(String option) {
        tables.executeSql(
                """
                CREATE TABLE target (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                WITH ('connector' = 'delta', 'path' = '%s', '%s')
                """
                        .formatted(folder.resolve("target"), option));
    }

    private void insert(String sql) throws Exception {
        tables.executeSql(sql).await(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
    }

    private DeltaTable table() {
        return DeltaTable.at(folder.resolve("target").toString());
    }
}
