package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which statements take a second row of a key for an error wherever checkpoints lie. */
class OneRowAKeyTest extends WriteOperatorTestBase {

    private static final String COPY = "INSERT INTO t SELECT * FROM u";

    private final Configuration session = new Configuration();

    @BeforeEach
    void source() throws Exception {
        session.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "1 s");
        try (TableWrite write = TableWrite.open(table, spec)) {
            write.upsert(insert(1, "a"));
            write.commit(new TransactionId("u", 1), Map.of());
        }
    }

    @Test
    void thoseThatReadDeltaTablesOnly() {
        assertThat(settings(COPY, "").oneRowAKey()).isTrue();
        assertThat(
                        settings(
                                        "INSERT INTO t SELECT id, MAX(v) FROM (SELECT * FROM u UNION ALL SELECT id + 1, v FROM u) GROUP BY id",
                                        "")
                                .oneRowAKey())
                .isTrue();
        assertThat(
                        settings(
                                        "INSERT INTO t SELECT id, MAX(v) FROM (SELECT * FROM u UNION ALL SELECT id, v FROM numbers) GROUP BY id",
                                        "")
                                .oneRowAKey())
                .isFalse();
    }

    @Test
    void notWhereStateExpires() {
        session.setString(ExecutionConfigOptions.IDLE_STATE_RETENTION.key(), "1 h");

        assertThat(settings(COPY, "").oneRowAKey()).isFalse();
    }

    @Test
    void notWhereRowsThatGoAreNotAskedFor() {
        assertThat(settings(COPY, ", 'sink.input' = 'upsert'").oneRowAKey()).isFalse();
    }

    private WriterSettings settings(String insert, String options) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(session);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().addConfiguration(session);
        tables.executeSql(
                "CREATE TEMPORARY TABLE u (id BIGINT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '%s')"
                        .formatted(table.location()));
        tables.executeSql(
                "CREATE TEMPORARY TABLE numbers (id BIGINT NOT NULL, v STRING) WITH ('connector' = 'datagen')");
        tables.executeSql(
                "CREATE TEMPORARY TABLE t (id BIGINT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '%s'%s)"
                        .formatted(folder.resolve("target"), options));
        StreamStatementSet statements = tables.createStatementSet();
        statements.addInsertSql(insert);
        statements.attachAsDataStream();
        for (var node : env.getStreamGraph().getStreamNodes()) {
            StreamOperatorFactory<?> factory = node.getOperatorFactory();
            if (factory instanceof WriteOperatorFactory writer) {
                return writer.settings();
            }
        }
        throw new AssertionError("there is no writer");
    }
}
