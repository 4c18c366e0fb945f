package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.sql.OrdersTable.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTableSourceITCase {

    @TempDir private Path folder;

    private OrdersTable orders;

    @BeforeEach
    void makeTable() throws Exception {
        orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        orders.commit(
                Map.of(
                        1L, Optional.of(new Order(1, 10, 100)),
                        2L, Optional.of(new Order(2, 10, 200)),
                        3L, Optional.of(new Order(3, 20, 300))),
                2,
                false);
        orders.commit(
                Map.of(1L, Optional.of(new Order(1, 20, 150)), 2L, Optional.empty()), 1, true);
        orders.commit(Map.of(3L, Optional.of(new Order(3, 20, 350))), 1, false);
    }

    private StreamTableEnvironment streaming(String startup) {
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(2));
        tables.getConfig().set(RunOptions.BOUNDED, true);
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("orders", "3"));
        tables.getConfig().set(OptimizerConfigOptions.TABLE_OPTIMIZER_REUSE_SOURCE_ENABLED, false);
        createOrders(tables, startup);
        for (String sink : new String[] {"amounts", "customers"}) {
            tables.executeSql(
                    "CREATE TABLE %s (a BIGINT, b BIGINT) WITH ('connector' = 'lines', 'file' = '%s')"
                            .formatted(sink, folder.resolve(sink)));
        }
        return tables;
    }

    private void createOrders(TableEnvironment tables, String options) {
        tables.executeSql(
                """
                CREATE TABLE orders (
                  id BIGINT NOT NULL, customer BIGINT, amount BIGINT,
                  change STRING METADATA FROM '_change_type' VIRTUAL,
                  version BIGINT METADATA FROM '_commit_version' VIRTUAL,
                  committed TIMESTAMP_LTZ(3) METADATA FROM '_commit_timestamp' VIRTUAL
                ) WITH ('connector' = 'delta', 'path' = '%s' %s)
                """
                        .formatted(orders.location(), options));
    }

    private static StreamStatementSet twoScans(StreamTableEnvironment tables) {
        return tables.createStatementSet()
                .addInsertSql("INSERT INTO amounts SELECT id, amount FROM orders WHERE amount > 0")
                .addInsertSql(
                        "INSERT INTO customers SELECT customer, COUNT(*) FROM orders GROUP BY customer");
    }

    private void assertBothResults() throws Exception {
        assertThat(Files.readString(folder.resolve("amounts")))
                .isEqualTo("1 x +I[1, 150]\n1 x +I[3, 350]\n");
        assertThat(Files.readString(folder.resolve("customers"))).isEqualTo("1 x +I[20, 2]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'scan.startup.mode' = 'version', 'scan.start-version' = '1'"})
    void twoScansOfAJobGetTheirOwnColumns(String startup) throws Exception {
        twoScans(streaming(startup)).execute().await();

        assertBothResults();
    }

    @Test
    void aLoadedPlanReadsTheSame() throws Exception {
        String plan = twoScans(streaming("")).compilePlan().asJsonString();

        streaming("").loadPlan(PlanReference.fromJsonString(plan)).execute().await();

        assertBothResults();
    }

    @Test
    void changesCarryTheirMetadata() throws Exception {
        StreamTableEnvironment tables =
                streaming(", 'scan.startup.mode' = 'version', 'scan.start-version' = '2'");

        Map<String, Integer> rows =
                rows(
                        tables,
                        "SELECT version, change, id, amount, committed IS NOT NULL FROM orders",
                        Row::toString);

        assertThat(rows.keySet())
                .containsExactlyInAnyOrder(
                        "-U[2, update_preimage, 1, 100, true]",
                        "+U[2, update_postimage, 1, 150, true]",
                        "-D[2, delete, 2, 200, true]",
                        "-D[3, delete, 3, 300, true]",
                        "+I[3, insert, 3, 350, true]");
    }

    @Test
    void batchReadsOneVersion() throws Exception {
        TableEnvironment newest = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createOrders(newest, "");
        String sql = "SELECT o.id, p.amount FROM orders o JOIN orders p ON o.customer = p.customer";
        assertThat(rows(newest, sql, Row::toString).keySet())
                .containsExactlyInAnyOrder("+I[1, 150]", "+I[1, 350]", "+I[3, 150]", "+I[3, 350]");

        TableEnvironment pinned = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        pinned.getConfig().set(RunOptions.END_VERSIONS, Map.of("orders", "1"));
        createOrders(pinned, "");
        assertThat(rows(pinned, "SELECT COUNT(*), SUM(amount) FROM orders", Row::toString).keySet())
                .containsExactly("+I[3, 600]");
    }

    private static Map<String, Integer> rows(
            TableEnvironment tables, String sql, Function<Row, String> text) throws Exception {
        Map<String, Integer> rows = new TreeMap<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.merge(text.apply(row), 1, Integer::sum));
        }
        return rows;
    }
}
