package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.MillraceModule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The aggregates through SQL, in batch and over changelogs, against a computation from scratch. */
class AggregatesSqlITCase {

    private static final String QUERY =
            """
            SELECT g,
              arg_min(v, k) AS lo,
              arg_max(v, k) AS hi,
              any_value_det(tags, k) AS some_tags,
              collect_set(v) AS vs,
              collect_set(DISTINCT k) AS ks,
              count_if(k > 2) AS n,
              string_agg_det(v, '|') AS joined,
              arg_max(k, v) FILTER (WHERE v <> 'b') AS filtered
            FROM input GROUP BY g
            """;

    private static final RowTypeInfo INPUT =
            new RowTypeInfo(
                    new TypeInformation<?>[] {
                        Types.INT, Types.STRING, Types.LONG, Types.OBJECT_ARRAY(Types.STRING)
                    },
                    new String[] {"g", "v", "k", "tags"});

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,false", "4,true", "5,true", "6,true"})
    void a_changelog_gives_what_its_live_rows_give(long seed, boolean miniBatch) throws Exception {
        StreamExecutionEnvironment cluster = cluster(1 + (int) (seed % 3));
        StreamTableEnvironment env = streaming(cluster, miniBatch);
        List<Row> live = new ArrayList<>();
        List<Row> changes = history(new Random(seed), live);
        env.createTemporaryView("input", env.fromChangelogStream(cluster.fromData(changes, INPUT)));
        assertThat(materialized(env.executeSql(QUERY).collect())).isEqualTo(expected(live));
    }

    @Test
    void batch_gives_the_same() throws Exception {
        StreamExecutionEnvironment cluster = cluster(2);
        StreamTableEnvironment env =
                StreamTableEnvironment.create(cluster, EnvironmentSettings.inBatchMode());
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        List<Row> live = new ArrayList<>();
        history(new Random(9), live);
        live.forEach(row -> row.setKind(RowKind.INSERT));
        env.createTemporaryView("input", env.fromDataStream(cluster.fromData(live, INPUT)));
        // The batch planner makes MIN of all other aggregates where one is DISTINCT.
        String query = QUERY.replace("DISTINCT ", "");
        assertThat(materialized(env.executeSql(query).collect())).isEqualTo(expected(live));
    }

    @Test
    void windows_merge_partial_results() throws Exception {
        StreamTableEnvironment env = streaming(cluster(2), false);
        env.executeSql(
                """
                CREATE TEMPORARY VIEW events AS
                SELECT v, k FROM (VALUES ('b', 1), ('a', 2), ('c', 3), ('a', 8)) AS t(v, k)
                """);
        env.createTemporaryView(
                "timed",
                env.fromDataStream(
                        env.toDataStream(env.from("events")),
                        Schema.newBuilder()
                                .columnByExpression("ts", "TO_TIMESTAMP_LTZ(k * 1000, 3)")
                                .watermark("ts", "ts")
                                .build()));
        List<String> windows = new ArrayList<>();
        try (CloseableIterator<Row> rows =
                env.executeSql(
                                """
                                SELECT collect_set(v), arg_max(v, k), string_agg_det(v, '')
                                FROM TABLE(HOP(TABLE timed, DESCRIPTOR(ts),
                                  INTERVAL '2' SECONDS, INTERVAL '4' SECONDS))
                                GROUP BY window_start, window_end
                                """)
                        .collect()) {
            rows.forEachRemaining(
                    row ->
                            windows.add(
                                    Arrays.toString((Object[]) row.getField(0))
                                            + row.getField(1)
                                            + row.getField(2)));
        }
        assertThat(windows)
                .containsExactlyInAnyOrder("[b]bb", "[a, b, c]cabc", "[a, c]cac", "[a]aa", "[a]aa");
    }

    private static StreamExecutionEnvironment cluster(int parallelism) {
        Configuration options = new Configuration();
        options.setString("pipeline.generic-types", "false");
        options.setString("execution.checkpointing.interval", "20 ms");
        options.setString("restart-strategy.type", "none");
        StreamExecutionEnvironment cluster =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        cluster.setParallelism(parallelism);
        return cluster;
    }

    private static StreamTableEnvironment streaming(
            StreamExecutionEnvironment cluster, boolean miniBatch) {
        StreamTableEnvironment env = StreamTableEnvironment.create(cluster);
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.getConfig().set("table.exec.mini-batch.enabled", Boolean.toString(miniBatch));
        env.getConfig().set("table.exec.mini-batch.allow-latency", "1 h");
        env.getConfig().set("table.exec.mini-batch.size", "7");
        env.getConfig().set("table.optimizer.agg-phase-strategy", "TWO_PHASE");
        return env;
    }

    private static List<Row> history(Random random, List<Row> live) {
        String[] texts = {"a", "b", "B", "ab", "\uFB01", "\uD83D\uDE00", null};
        List<Row> changes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            if (!live.isEmpty() && random.nextInt(100) < 40) {
                Row gone = Row.copy(live.remove(random.nextInt(live.size())));
                gone.setKind(random.nextBoolean() ? RowKind.DELETE : RowKind.UPDATE_BEFORE);
                changes.add(gone);
            } else {
                Row row =
                        Row.ofKind(
                                random.nextBoolean() ? RowKind.INSERT : RowKind.UPDATE_AFTER,
                                random.nextInt(4),
                                texts[random.nextInt(texts.length)],
                                random.nextInt(10) == 0 ? null : (long) random.nextInt(5),
                                random.nextInt(5) == 0
                                        ? null
                                        : new String[] {"t" + random.nextInt(3), "u"});
                live.add(row);
                changes.add(row);
            }
        }
        return changes;
    }

    private static Map<Integer, String> materialized(CloseableIterator<Row> rows) throws Exception {
        Map<Integer, String> byGroup = new TreeMap<>();
        try (rows) {
            rows.forEachRemaining(
                    row -> {
                        int group = (Integer) Objects.requireNonNull(row.getField(0));
                        if (row.getKind() == RowKind.DELETE) {
                            byGroup.remove(group);
                        } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
                            row.setKind(RowKind.INSERT);
                            byGroup.put(group, row.toString());
                        }
                    });
        }
        return byGroup;
    }

    private static Map<Integer, String> expected(List<Row> live) {
        Map<Integer, List<Row>> groups =
                live.stream().collect(Collectors.groupingBy(row -> (Integer) row.getField(0)));
        Map<Integer, String> byGroup = new TreeMap<>();
        groups.forEach((group, rows) -> byGroup.put(group, expected(group, rows).toString()));
        return byGroup;
    }

    private static Row expected(int group, List<Row> rows) {
        TreeSet<String> texts = new TreeSet<>(AggregatesSqlITCase::byBytes);
        TreeSet<Long> keys = new TreeSet<>();
        long count = 0;
        for (Row row : rows) {
            if (row.getField(1) != null) {
                texts.add((String) row.getField(1));
            }
            Long key = (Long) row.getField(2);
            if (key != null) {
                keys.add(key);
                count += key > 2 ? 1 : 0;
            }
        }
        Comparator<Object> byKey = Comparator.comparing(key -> (Long) key);
        Comparator<Object> byText = (a, b) -> byBytes((String) a, (String) b);
        return Row.of(
                group,
                pick(rows, 1, 2, byKey, byText, row -> true),
                pick(rows, 1, 2, byKey.reversed(), byText, row -> true),
                pick(
                        rows,
                        3,
                        2,
                        byKey,
                        Comparator.comparing(tags -> Arrays.toString((Object[]) tags)),
                        row -> true),
                texts.toArray(),
                keys.toArray(),
                count,
                texts.isEmpty() ? null : String.join("|", texts),
                pick(rows, 2, 1, byText.reversed(), byKey, row -> !"b".equals(row.getField(1))));
    }

    private static Object pick(
            List<Row> rows,
            int value,
            int key,
            Comparator<Object> byKey,
            Comparator<Object> byValue,
            Predicate<Row> filter) {
        return rows.stream()
                .filter(filter)
                .filter(row -> row.getField(value) != null && row.getField(key) != null)
                .min(
                        Comparator.comparing((Row row) -> row.getField(key), byKey)
                                .thenComparing(row -> row.getField(value), byValue))
                .map(row -> row.getField(value))
                .orElse(null);
    }

    private static int byBytes(String left, String right) {
        return Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
