package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The orders pipeline on random changes, against a computation in plain Java. */
class OrdersSqlITCase {

    private static final Schema ORDERS =
            Schema.newBuilder()
                    .column("order_id", DataTypes.BIGINT().notNull())
                    .column("customer_id", DataTypes.BIGINT())
                    .column("amount", DataTypes.DECIMAL(12, 2))
                    .column("updated_at", DataTypes.TIMESTAMP_LTZ(6))
                    .primaryKey("order_id")
                    .build();
    private static final RowTypeInfo ORDER =
            new RowTypeInfo(
                    new TypeInformation<?>[] {Types.LONG, Types.LONG, Types.BIG_DEC, Types.INSTANT},
                    new String[] {"order_id", "customer_id", "amount", "updated_at"});
    private static final Schema CUSTOMERS =
            Schema.newBuilder()
                    .column("customer_id", DataTypes.BIGINT().notNull())
                    .column("name", DataTypes.STRING())
                    .primaryKey("customer_id")
                    .build();
    private static final RowTypeInfo CUSTOMER =
            new RowTypeInfo(
                    new TypeInformation<?>[] {Types.LONG, Types.STRING},
                    new String[] {"customer_id", "name"});

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void results_follow_the_changes(long seed) throws Exception {
        Random random = new Random(seed);
        Map<Long, Row> orders = new TreeMap<>();
        Map<Long, Row> customers = new TreeMap<>();
        List<Row> orderChanges = new ArrayList<>();
        List<Row> customerChanges = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            long id = random.nextInt(12);
            Row order =
                    Row.of(
                            id,
                            random.nextInt(8) == 0 ? null : (long) random.nextInt(6),
                            BigDecimal.valueOf(random.nextInt(100_000), 2),
                            Instant.ofEpochMilli(random.nextInt(1_000_000)));
            change(orders, orderChanges, id, random.nextInt(4) == 0 ? null : order);
            long customer = random.nextInt(5);
            if (random.nextInt(4) == 0) {
                change(
                        customers,
                        customerChanges,
                        customer,
                        random.nextInt(4) == 0 ? null : Row.of(customer, "Customer " + i));
            }
        }
        Map<String, Map<Row, Integer>> results =
                PipelineOnRows.streamed(
                        "orders",
                        Map.of(
                                "orders",
                                new PipelineOnRows.Source(ORDERS, ORDER, orderChanges),
                                "customers",
                                new PipelineOnRows.Source(CUSTOMERS, CUSTOMER, customerChanges)),
                        1 + (int) seed);
        Map<Row, Integer> copy = new HashMap<>();
        orders.values().forEach(row -> copy.put(row, 1));
        assertThat(results.get("orders_copy")).isEqualTo(copy);
        assertThat(results.get("revenue_named")).isEqualTo(revenue(orders, customers));
    }

    private static void change(Map<Long, Row> table, List<Row> changes, long key, Row after) {
        Row before = after == null ? table.remove(key) : table.put(key, after);
        if (before != null) {
            changes.add(copy(before, after == null ? RowKind.DELETE : RowKind.UPDATE_BEFORE));
        }
        if (after != null) {
            changes.add(copy(after, before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER));
        }
    }

    private static Row copy(Row row, RowKind kind) {
        Row copy = Row.copy(row);
        copy.setKind(kind);
        return copy;
    }

    private static Map<Row, Integer> revenue(Map<Long, Row> orders, Map<Long, Row> customers) {
        Map<Row, Integer> expected = new HashMap<>();
        customers.forEach(
                (id, customer) -> {
                    List<Row> own =
                            orders.values().stream()
                                    .filter(order -> id.equals(order.getField(1)))
                                    .toList();
                    if (!own.isEmpty()) {
                        BigDecimal sum =
                                own.stream()
                                        .map(order -> (BigDecimal) order.getField(2))
                                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                        Instant last =
                                own.stream()
                                        .map(order -> (Instant) order.getField(3))
                                        .max(Instant::compareTo)
                                        .orElseThrow();
                        expected.put(
                                Row.of(id, customer.getField(1), (long) own.size(), sum, last), 1);
                    }
                });
        return expected;
    }
}
