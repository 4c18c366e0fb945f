package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.sql.OrdersTable.Order;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A table on S3: log, data, change files and deletion vectors come through the same options. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3TableITCase {

    @TempDir private Path folder;

    // One for all tests: Hadoop keeps the file system of a bucket for as long as the process lives.
    private final S3Server server = S3Server.start();

    private OrdersTable orders;
    private String prefix;

    S3TableITCase() throws Exception {}

    @BeforeEach
    void uploadATable(TestInfo test) throws Exception {
        prefix = test.getTestMethod().orElseThrow().getName();
        orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        orders.commit(
                Map.of(
                        1L, Optional.of(new Order(1, 10, 100)),
                        2L, Optional.of(new Order(2, 10, 200))),
                1,
                false);
        server.upload(folder.resolve("orders"), prefix + "/orders");
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private Map<String, String> credentials() {
        return Map.of(
                "fs.s3a.access.key", S3Server.ACCESS_KEY,
                "fs.s3a.secret.key", S3Server.SECRET_KEY);
    }

    private Map<String, String> access() {
        return Map.of(
                "fs.s3a.endpoint", server.endpoint(),
                "fs.s3a.endpoint.region", "us-east-1",
                "fs.s3a.path.style.access", "true",
                "fs.s3a.connection.ssl.enabled", "false");
    }

    private void createOrders(TableEnvironment tables, String more) {
        StringBuilder options = new StringBuilder();
        access().forEach(
                        (key, value) ->
                                options.append(", 'storage.%s' = '%s'".formatted(key, value)));
        tables.executeSql(
                "CREATE TABLE orders (id BIGINT NOT NULL, customer BIGINT, amount BIGINT) WITH ('connector' = 'delta', 'path' = 's3a://lake/%s/orders'%s%s)"
                        .formatted(prefix, options, more));
    }

    private StreamTableEnvironment streaming(long lastVersion) {
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(1));
        tables.getConfig().set(RunOptions.BOUNDED, true);
        tables.getConfig().set(RunOptions.STORAGE, credentials());
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("orders", "" + lastVersion));
        return tables;
    }

    @Test
    void aStreamReadsTheSnapshotAndWhatIsCommittedLater() throws Exception {
        StreamTableEnvironment tables = streaming(3);
        createOrders(tables, "");
        List<String> rows = new ArrayList<>();

        try (CloseableIterator<Row> result =
                tables.executeSql("SELECT id, amount FROM orders").collect()) {
            rows.add(result.next().toString());
            rows.add(result.next().toString());
            orders.commit(
                    Map.of(1L, Optional.of(new Order(1, 20, 150)), 2L, Optional.empty()), 1, true);
            orders.commit(Map.of(1L, Optional.empty()), 1, false);
            server.upload(folder.resolve("orders"), prefix + "/orders");
            result.forEachRemaining(row -> rows.add(row.toString()));
        }

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "+I[1, 100]",
                        "+I[2, 200]",
                        "-U[1, 100]",
                        "+U[1, 150]",
                        "-D[2, 200]",
                        "-D[1, 150]");
    }

    @Test
    void aBatchReadsOneVersionAndNothingShowsTheSecret() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        tables.getConfig().set(RunOptions.STORAGE, credentials());
        createOrders(tables, "");

        assertThat(rows(tables, "SELECT SUM(amount) FROM orders")).containsExactly("+I[300]");
        String shown =
                tables.explainSql(
                                "SELECT * FROM orders",
                                ExplainDetail.JSON_EXECUTION_PLAN,
                                ExplainDetail.ESTIMATED_COST)
                        + rows(tables, "SHOW CREATE TABLE orders")
                        + rows(tables, "DESCRIBE EXTENDED orders");
        assertThat(shown).doesNotContain(S3Server.SECRET_KEY).doesNotContain(S3Server.ACCESS_KEY);
    }

    @Test
    void aPlanAndWhatFailsDoNotShowTheSecret() {
        StreamTableEnvironment tables = streaming(1);
        createOrders(tables, "");
        tables.executeSql(
                "CREATE TABLE sink (id BIGINT, amount BIGINT) WITH ('connector' = 'lines', 'file' = '%s')"
                        .formatted(folder.resolve("sink")));

        assertThat(
                        tables.compilePlanSql("INSERT INTO sink SELECT id, amount FROM orders")
                                .asJsonString())
                .contains("storage.fs.s3a.endpoint")
                .doesNotContain(S3Server.SECRET_KEY)
                .doesNotContain(S3Server.ACCESS_KEY);
        tables.executeSql("DROP TABLE orders");
        createOrders(tables, ", 'storage.fs.s3a.secret.key' = '" + S3Server.SECRET_KEY + "'");
        assertThatThrownBy(() -> tables.explainSql("SELECT * FROM orders"))
                .satisfies(S3TableITCase::assertNoSecret)
                .rootCause()
                .hasMessageContaining("cannot take the credential 'storage.fs.s3a.secret.key'");
    }

    @Test
    void commitsThatCouldOverwriteEachOtherAreRefused() {
        DeltaTable table =
                DeltaTable.at(
                        "s3a://lake/new",
                        StorageOptions.of(access()).with(StorageOptions.of(credentials())));

        assertThatThrownBy(
                        () ->
                                table.create(
                                        new TableDefinition(
                                                new StructType().add("id", LongType.LONG),
                                                List.of(),
                                                Map.of()),
                                        CommitContent.empty(
                                                CommitOperation.CREATE_TABLE, Map.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("s3a://lake/new: cannot commit")
                .satisfies(S3TableITCase::assertNoSecret);
        assertThat(table.exists()).isFalse();
    }

    @Test
    void aWrongSecretIsAnErrorThatDoesNotShowIt() {
        DeltaTable table =
                DeltaTable.at(
                        "s3a://other/orders",
                        StorageOptions.of(access())
                                .with(
                                        StorageOptions.of(
                                                Map.of(
                                                        "fs.s3a.access.key",
                                                        S3Server.ACCESS_KEY,
                                                        "fs.s3a.secret.key",
                                                        "another-secret"))));

        assertThatThrownBy(table::exists)
                .hasMessageContaining("s3a://other/orders: cannot list the log")
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .doesNotContain("another-secret"));
    }

    private static void assertNoSecret(Throwable e) {
        assertThat(ExceptionUtils.stringifyException(e)).doesNotContain(S3Server.SECRET_KEY);
    }

    private static List<String> rows(TableEnvironment tables, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
