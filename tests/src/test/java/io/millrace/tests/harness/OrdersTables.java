package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.row;

import io.millrace.tests.harness.TableLayout.Column;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * The tables {@code orders} and {@code customers} that pipeline orders reads, changing at random,
 * and the checks of its two results.
 */
public final class OrdersTables {

    private static final int CUSTOMERS = 40;

    private static final TableLayout ORDERS =
            new TableLayout(
                    List.of(
                            new Column("order_id", TableLayout.Type.BIGINT),
                            new Column("customer_id", TableLayout.Type.BIGINT),
                            new Column("status", TableLayout.Type.STRING),
                            new Column("amount", TableLayout.Type.DECIMAL),
                            new Column("currency", TableLayout.Type.STRING),
                            new Column("created_at", TableLayout.Type.TIMESTAMP),
                            new Column("updated_at", TableLayout.Type.TIMESTAMP),
                            new Column("tags", TableLayout.Type.STRINGS),
                            new Column("attrs", TableLayout.Type.STRING_MAP),
                            new Column("note", TableLayout.Type.STRING)),
                    Optional.of("currency"));

    private final Random random;
    private final Path base;
    private final TableHistory orders;
    private final TableHistory customers;

    public OrdersTables(Path base, Random random, int keys) {
        this.base = base;
        this.random = random;
        this.orders = new TableHistory(base.resolve("orders"), ORDERS, random, keys, this::order);
        this.customers =
                new TableHistory(
                        base.resolve("customers"),
                        new TableLayout(
                                List.of(
                                        new Column("customer_id", TableLayout.Type.BIGINT),
                                        new Column("name", TableLayout.Type.STRING)),
                                Optional.empty()),
                        random,
                        CUSTOMERS,
                        id -> row(id, "Customer " + id + " r" + random.nextInt(10)));
    }

    public Path base() {
        return base;
    }

    /** One change of each table. */
    public void commit() {
        orders.commit();
        customers.commit();
    }

    public List<List<Object>> orders(long version) {
        return List.copyOf(orders.at(version).values());
    }

    private List<Object> order(long id) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("rev", String.valueOf(random.nextInt(1000)));
        attributes.put("none", null);
        return row(
                id,
                (long) random.nextInt(CUSTOMERS),
                List.of("NEW", "PAID", "SENT").get(random.nextInt(3)),
                BigDecimal.valueOf(random.nextInt(1_000_000), 2),
                random.nextInt(10) == 0 ? null : List.of("EUR", "USD").get(random.nextInt(2)),
                1_700_000_000_000_000L + id,
                1_710_000_000_000_000L + random.nextInt(1_000_000),
                random.nextInt(5) == 0 ? null : Arrays.asList("t" + random.nextInt(9), null),
                random.nextInt(5) == 0 ? null : attributes,
                random.nextInt(5) == 0 ? null : "note " + random.nextInt());
    }

    /** The checks of {@code orders_copy} and {@code revenue_named} in a warehouse. */
    public List<TargetCheck> results(Path warehouse) {
        Map<String, TableHistory> sources = Map.of("orders", orders, "customers", customers);
        return List.of(
                new TargetCheck(
                        "orders_copy",
                        new RawTable(warehouse.resolve("orders_copy")),
                        "order_id",
                        sources,
                        tables -> List.copyOf(tables.get("orders").values())),
                new TargetCheck(
                        "revenue_named",
                        new RawTable(warehouse.resolve("revenue_named")),
                        "customer_id",
                        sources,
                        OrdersTables::revenueNamed));
    }

    private static List<List<Object>> revenueNamed(Map<String, Map<Long, List<Object>>> tables) {
        Map<Long, List<List<Object>>> byCustomer = new TreeMap<>();
        for (List<Object> order : tables.get("orders").values()) {
            byCustomer.computeIfAbsent((Long) order.get(1), k -> new ArrayList<>()).add(order);
        }
        List<List<Object>> rows = new ArrayList<>();
        byCustomer.forEach(
                (customer, orders) -> {
                    List<Object> named = tables.get("customers").get(customer);
                    if (named != null) {
                        rows.add(
                                row(
                                        customer,
                                        named.get(1),
                                        (long) orders.size(),
                                        orders.stream()
                                                .map(order -> (BigDecimal) order.get(3))
                                                .reduce(BigDecimal.ZERO, BigDecimal::add),
                                        orders.stream()
                                                .map(order -> (Long) order.get(6))
                                                .reduce(0L, Math::max)));
                    }
                });
        return rows;
    }
}
