package io.millrace.functions;

import static io.millrace.functions.FunctionExpressions.argMax;
import static io.millrace.functions.FunctionExpressions.countIf;
import static io.millrace.functions.FunctionExpressions.spanMake;
import static io.millrace.functions.FunctionExpressions.stableIdParts;
import static io.millrace.functions.FunctionExpressions.utf8Normalize;
import static org.apache.flink.table.api.Expressions.$;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** A view of orders in the Table API, against the same in SQL. */
class FunctionExpressionsTest {

    private final TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    FunctionExpressionsTest() {
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.executeSql(
                """
                CREATE TEMPORARY VIEW orders AS SELECT * FROM (VALUES
                  (1, 7, 12.50, ' New ', 1), (2, 7, 99.00, 'PAID', 2), (3, 8, 5.00, 'new', 3))
                  AS t(order_id, customer_id, amount, status, updated_at)
                """);
    }

    private static Table customers(Table orders) {
        return orders.groupBy($("customer_id"))
                .select(
                        $("customer_id"),
                        stableIdParts("customer", $("customer_id")).as("id"),
                        argMax($("status"), $("updated_at")).as("last_status"),
                        countIf($("amount").isGreater(10)).as("large_orders"));
    }

    @Test
    void a_view_of_orders_is_the_same_in_java_and_in_sql() throws Exception {
        assertThat(rows(customers(env.from("orders"))))
                .containsExactlyInAnyOrderElementsOf(
                        rows(
                                env.sqlQuery(
                                        """
                                        SELECT customer_id, stable_id_parts('customer', customer_id),
                                          arg_max(status, updated_at), count_if(amount > 10)
                                        FROM orders GROUP BY customer_id
                                        """)))
                .hasSize(2);
    }

    @Test
    void optional_arguments_may_be_left_out() throws Exception {
        Table table =
                env.from("orders")
                        .select(
                                utf8Normalize($("status")),
                                utf8Normalize($("status"), "NFC", false, true),
                                spanMake($("order_id"), 9));
        assertThat(rows(table).stream().map(Row::toString))
                .contains("+I[new, New, +I[1, 9, 0, byte, true]]");
    }

    private static List<Row> rows(Table table) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> all = table.execute().collect()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }
}
