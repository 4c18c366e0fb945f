package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.sql.OrdersTable.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renames, casts and defaults of a dataset, from snapshot, change files and deletion vectors. */
class ProjectionITCase {

    private static final String COLUMNS =
            "order_id BIGINT NOT NULL, customer INT, total DECIMAL(22, 2), currency STRING NOT NULL, amount_text STRING";

    private static final String OPTIONS =
            """
            'projection.order_id.from' = 'id',
            'projection.total.from' = 'amount', 'projection.total.type' = 'DECIMAL(22, 2)',
            'projection.amount_text.from' = 'amount', 'projection.amount_text.type' = 'STRING',
            'projection.customer.type' = 'INT', 'projection.customer.lossy' = 'true',
            'projection.customer.required' = 'true',
            'projection.currency.type' = 'STRING', 'projection.currency.default' = 'EUR'
            """;

    private static final long TOO_LARGE_FOR_INT = 1L << 40;

    @TempDir private Path folder;

    private OrdersTable orders;

    @BeforeEach
    void makeTable() throws Exception {
        orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        orders.commit(
                Map.of(
                        1L, Optional.of(new Order(1, 10, 100)),
                        2L, Optional.of(new Order(2, TOO_LARGE_FOR_INT, 200))),
                1,
                false);
        orders.commit(
                Map.of(1L, Optional.of(new Order(1, 20, 150)), 2L, Optional.empty()), 1, true);
    }

    private void createOrders(TableEnvironment tables, String options) {
        tables.executeSql(
                "CREATE TABLE orders (%s) WITH ('connector' = 'delta', 'path' = '%s', %s)"
                        .formatted(COLUMNS, orders.location(), options));
    }

    @Test
    void aStreamHasTheDeclaredColumnsInEveryKindOfChange() throws Exception {
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(1));
        tables.getConfig().set(RunOptions.BOUNDED, true);
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("orders", "2"));
        createOrders(tables, OPTIONS + ", 'scan.start-version' = '1'");

        assertThat(
                        rows(
                                tables,
                                "SELECT order_id, customer, total, currency, amount_text FROM orders"))
                .containsExactlyInAnyOrder(
                        "+I[1, 10, 100.00, EUR, 100]",
                        "+I[2, null, 200.00, EUR, 200]",
                        "-U[1, 10, 100.00, EUR, 100]",
                        "+U[1, 20, 150.00, EUR, 150]",
                        "-D[2, null, 200.00, EUR, 200]");
    }

    @Test
    void aBatchFiltersByTheDeclaredColumns() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createOrders(tables, OPTIONS + ", 'scan.version' = '1'");

        assertThat(rows(tables, "SELECT order_id, total FROM orders WHERE customer IS NULL"))
                .containsExactly("+I[2, 200.00]");
        assertThat(rows(tables, "SELECT total FROM orders WHERE order_id = 1"))
                .containsExactly("+I[100.00]");
        assertThat(rows(tables, "SELECT order_id FROM orders WHERE currency = 'EUR'"))
                .containsExactlyInAnyOrder("+I[1]", "+I[2]");
        assertThat(rows(tables, "SELECT order_id FROM orders WHERE amount_text = '200'"))
                .containsExactly("+I[2]");
        assertThat(rows(tables, "SELECT DISTINCT currency FROM orders")).containsExactly("+I[EUR]");
    }

    @Test
    void whatDoesNotFitTheTableIsAnErrorOfTheStatement() {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createOrders(tables, OPTIONS.replace("'amount'", "'amuont'"));

        assertThatThrownBy(() -> tables.explainSql("SELECT * FROM orders"))
                .rootCause()
                .hasMessageContaining("orders: cannot project column 'amount_text'")
                .hasMessageContaining("no column 'amuont', it has [id, customer, amount]");
    }

    private static List<String> rows(TableEnvironment tables, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
