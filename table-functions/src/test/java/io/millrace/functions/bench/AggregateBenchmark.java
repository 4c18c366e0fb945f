package io.millrace.functions.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.functions.MillraceModule;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Prints what a change costs an aggregate on a stream that retracts, against the nearest aggregate
 * of Flink: CPU nanoseconds of the whole process for each change, less those of the same stream
 * without an aggregate.
 */
final class AggregateBenchmark {

    private record Pair(String ours, String against) {}

    private static final List<Pair> PAIRS =
            List.of(
                    new Pair("arg_max(v, k)", "MAX(k)"),
                    new Pair("arg_min(v, k)", "MIN(k)"),
                    new Pair("any_value_det(v, k)", "MIN(k)"),
                    new Pair("count_if(k > 500000)", "COUNT(NULLIF(k > 500000, FALSE))"),
                    new Pair("collect_set(v)", "COLLECT(DISTINCT v)"),
                    new Pair("string_agg_det(v, ',')", "LISTAGG(DISTINCT v, ',')"));

    static final String CALLS =
            PAIRS.stream().map(Pair::ours).reduce("", (all, call) -> all + call);

    private static final RowTypeInfo INPUT =
            new RowTypeInfo(
                    new TypeInformation<?>[] {Types.INT, Types.STRING, Types.LONG},
                    new String[] {"g", "v", "k"});

    private static final int LIVE = 20_000;

    private AggregateBenchmark() {}

    static void run(Set<String> wanted) throws Exception {
        for (String backend : new String[] {"hashmap", "rocksdb"}) {
            for (int groups : new int[] {5_000, 20}) {
                run(wanted, backend, groups);
            }
        }
    }

    private static void run(Set<String> wanted, String backend, int groups) throws Exception {
        int rows = backend.equals("hashmap") ? 300_000 : 60_000;
        System.out.printf(
                Locale.ROOT,
                "%s, %d live rows in each of %d groups%n",
                backend,
                2 * LIVE / groups,
                groups);
        double nothing = -1;
        for (Pair pair : PAIRS) {
            boolean whole = pair.ours().startsWith("collect_set") || pair.ours().contains("string");
            if ((!wanted.isEmpty() && wanted.stream().noneMatch(pair.ours()::contains))
                    || (whole && groups == 20)) {
                continue;
            }
            if (nothing < 0) {
                // So that the first pair does not pay for code that is not compiled yet.
                measure(backend, groups, rows, pair.ours());
                measure(backend, groups, rows, pair.against());
                nothing = measure(backend, groups, rows, "k, g");
            }
            double ours = measure(backend, groups, rows, pair.ours()) - nothing;
            double theirs = measure(backend, groups, rows, pair.against()) - nothing;
            System.out.printf(
                    Locale.ROOT,
                    "%-50s %8.0f ns, %8.0f ns %s: %.2f%n",
                    pair.ours(),
                    ours,
                    theirs,
                    pair.against(),
                    ours / theirs);
        }
    }

    /** The cheapest of three runs. */
    private static double measure(String backend, int groups, int rows, String call)
            throws Exception {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            StreamTableEnvironment env = environment(backend, groups, rows);
            Table table =
                    env.sqlQuery(
                            call.equals("k, g")
                                    ? "SELECT k, g FROM input"
                                    : "SELECT g, " + call + " FROM input GROUP BY g");
            String type =
                    table.getResolvedSchema()
                            .getColumnDataTypes()
                            .get(1)
                            .getLogicalType()
                            .copy(true)
                            .asSerializableString();
            env.executeSql(
                    "CREATE TEMPORARY TABLE sink (a BIGINT, b "
                            + type
                            + ") WITH ('connector' = 'blackhole')");
            long before = process.getProcessCpuTime();
            table.insertInto("sink").execute().await();
            best = Math.min(best, (double) (process.getProcessCpuTime() - before) / (2 * rows));
        }
        return best;
    }

    private static StreamTableEnvironment environment(String backend, int groups, int rows) {
        Configuration options = new Configuration();
        options.setString("state.backend.type", backend);
        StreamExecutionEnvironment cluster =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        cluster.setParallelism(1);
        StreamTableEnvironment env = StreamTableEnvironment.create(cluster);
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        DataStream<Row> changes =
                cluster.fromSequence(0, rows - 1L)
                        .<Row>flatMap(
                                (id, out) -> {
                                    out.collect(row(RowKind.INSERT, id, groups));
                                    out.collect(
                                            id < LIVE
                                                    ? row(RowKind.INSERT, -1 - id, groups)
                                                    : row(RowKind.DELETE, id - LIVE, groups));
                                })
                        .returns(INPUT);
        env.createTemporaryView("input", env.fromChangelogStream(changes));
        return env;
    }

    private static Row row(RowKind kind, long id, int groups) {
        long mixed = (id + 1) * 0x9E3779B97F4A7C15L;
        long key = (mixed >>> 20) % 1_000_000;
        return Row.ofKind(kind, (int) Math.floorMod(id, (long) groups), "v" + key, key);
    }
}
