package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.sql.OrdersTable.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * While a table is being changed, every checkpoint holds the result of a query over exactly one of
 * its versions.
 */
class VersionAtomicityITCase {

    private static final int VERSIONS = 25;
    private static final int KEYS = 12;
    private static final int CUSTOMERS = 3;

    @TempDir private Path folder;

    private enum Query {
        AGGREGATE("SELECT customer, COUNT(*), SUM(amount) FROM orders GROUP BY customer"),
        SELF_JOIN(
                """
                SELECT o.id, p.amount FROM orders o
                JOIN (SELECT customer, amount FROM orders WHERE amount > 40) p
                ON o.customer = p.customer
                """);

        private final String sql;

        Query(String sql) {
            this.sql = sql;
        }

        String over(Collection<Order> orders) {
            return switch (this) {
                case AGGREGATE -> aggregate(orders);
                case SELF_JOIN -> selfJoin(orders);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AGGREGATE, 1, hashmap, 0",
        "AGGREGATE, 2, hashmap, 0",
        "AGGREGATE, 4, rocksdb, 0",
        "AGGREGATE, 4, hashmap, 7",
        "SELF_JOIN, 1, hashmap, 0",
        "SELF_JOIN, 2, rocksdb, 0",
        "SELF_JOIN, 4, hashmap, 0",
        "SELF_JOIN, 4, rocksdb, 5"
    })
    void everyCheckpointIsOfOneVersion(
            Query query, int parallelism, String backend, int failAtCheckpoint) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        OrdersTable orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        change(orders, random);
        // From here on every key is there, so that a part of the first snapshot is no version.
        long first = orders.commit(allKeys(random), 3, false);
        long seen = -1;
        boolean done = false;
        try (CloseableIterator<String> checkpoints =
                run(query.sql, parallelism, backend, failAtCheckpoint)) {
            while (!done) {
                String committed = checkpoints.next();
                long version = versionOf(committed, query, orders, Math.max(seen, first));
                // Rows of the first snapshot stream through; nobody commits them in part.
                if (version >= 0) {
                    seen = version;
                } else {
                    assertThat(seen)
                            .as("seed %d: no version gives%n%s", seed, committed)
                            .isNegative();
                }
                done =
                        orders.version() == VERSIONS
                                && committed.equals(query.over(orders.at(VERSIONS).values()));
                for (int i = random.nextInt(4); i > 0 && orders.version() < VERSIONS; i--) {
                    change(orders, random);
                }
            }
        }
    }

    private CloseableIterator<String> run(
            String sql, int parallelism, String backend, int failAtCheckpoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        env.enableCheckpointing(20);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().set(RunOptions.POLL_INTERVAL, Duration.ofMillis(5));
        tables.getConfig().set(OptimizerConfigOptions.TABLE_OPTIMIZER_REUSE_SOURCE_ENABLED, false);
        tables.executeSql(
                """
                CREATE TABLE orders (
                  id BIGINT, customer BIGINT, amount BIGINT,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH ('connector' = 'delta', 'path' = '%s')
                """
                        .formatted(folder.resolve("orders")));
        return tables.toChangelogStream(tables.sqlQuery(sql))
                .transform("record", Types.STRING, new CheckpointRecorder(failAtCheckpoint))
                .setParallelism(1)
                .uid("record")
                .executeAndCollect();
    }

    private static long versionOf(String result, Query query, OrdersTable orders, long from) {
        for (long version = from; version <= orders.version(); version++) {
            if (query.over(orders.at(version).values()).equals(result)) {
                return version;
            }
        }
        return -1;
    }

    private static void change(OrdersTable orders, Random random) throws Exception {
        Map<Long, Optional<Order>> changes = new LinkedHashMap<>();
        int rows = 1 + random.nextInt(6);
        for (int i = 0; i < rows; i++) {
            long id = random.nextInt(KEYS);
            boolean delete = random.nextInt(4) == 0;
            changes.put(
                    id,
                    delete
                            ? Optional.empty()
                            : Optional.of(
                                    new Order(id, random.nextInt(CUSTOMERS), random.nextInt(100))));
        }
        orders.commit(changes, 1 + random.nextInt(3), random.nextBoolean());
    }

    private static Map<Long, Optional<Order>> allKeys(Random random) {
        Map<Long, Optional<Order>> changes = new LinkedHashMap<>();
        for (long id = 0; id < KEYS; id++) {
            changes.put(
                    id,
                    Optional.of(new Order(id, random.nextInt(CUSTOMERS), 50 + random.nextInt(50))));
        }
        return changes;
    }

    private static String aggregate(Collection<Order> orders) {
        Map<Long, long[]> sums = new HashMap<>();
        for (Order order : orders) {
            long[] sum = sums.computeIfAbsent(order.customer(), c -> new long[2]);
            sum[0]++;
            sum[1] += order.amount();
        }
        return text(
                rows ->
                        sums.forEach(
                                (customer, sum) ->
                                        rows.accept(
                                                "+I[%d, %d, %d]"
                                                        .formatted(customer, sum[0], sum[1]),
                                                1)));
    }

    private static String selfJoin(Collection<Order> orders) {
        return text(
                rows -> {
                    for (Order one : orders) {
                        for (Order other : orders) {
                            if (one.customer() == other.customer() && other.amount() > 40) {
                                rows.accept("+I[%d, %d]".formatted(one.id(), other.amount()), 1);
                            }
                        }
                    }
                });
    }

    private static String text(Consumer<BiConsumer<String, Integer>> writer) {
        Map<String, Integer> rows = new HashMap<>();
        writer.accept((row, count) -> rows.merge(row, count, Integer::sum));
        return CheckpointRecorder.text(rows);
    }
}
