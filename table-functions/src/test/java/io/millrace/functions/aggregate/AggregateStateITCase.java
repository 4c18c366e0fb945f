package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.MillraceModule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The aggregates' state on both backends, over a failure and a restore, and merged in sessions. */
class AggregateStateITCase {

    private static final RowTypeInfo INPUT =
            new RowTypeInfo(
                    new TypeInformation<?>[] {Types.INT, Types.LONG, Types.LONG},
                    new String[] {"g", "v", "k"});

    /** Fails once: at the first row after the first completed checkpoint. */
    private static final class FailsOnce extends RichMapFunction<Row, Row>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient boolean completed;

        @Override
        public Row map(Row row) {
            LockSupport.parkNanos(100_000);
            if (completed && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
                throw new IllegalStateException("fails once");
            }
            return row;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            completed = true;
        }
    }

    @ParameterizedTest
    @CsvSource({"hashmap,1", "rocksdb,2"})
    void changes_in_any_order_survive_a_failure(String backend, long seed) throws Exception {
        Random random = new Random(seed);
        List<Row> changes = new ArrayList<>();
        Map<Integer, List<Row>> live = new TreeMap<>();
        for (int i = 0; i < 700; i++) {
            Row row = Row.of(random.nextInt(3), (long) random.nextInt(90), (long) i % 101);
            changes.add(row);
            if (random.nextInt(3) > 0) {
                Row gone = Row.copy(row);
                gone.setKind(RowKind.DELETE);
                changes.add(gone);
            } else {
                live.computeIfAbsent((Integer) row.getField(0), g -> new ArrayList<>()).add(row);
            }
        }
        Collections.shuffle(changes, random);
        // Flink drops the retraction that is the first, and the state when a group has no rows
        // left.
        for (int i = 0; i < 3 * 400; i++) {
            Row row = Row.of(i % 3, 50L, 50L);
            changes.add(i, row);
            live.get(i % 3).add(row);
        }
        StreamExecutionEnvironment cluster = cluster(backend);
        StreamTableEnvironment env = environment(cluster);
        env.createTemporaryView(
                "input",
                env.fromChangelogStream(
                        cluster.fromData(changes, INPUT).map(new FailsOnce()).returns(INPUT)));
        Map<Integer, String> actual = new TreeMap<>();
        try (CloseableIterator<Row> rows =
                env.executeSql(
                                """
                                SELECT g, arg_min(v, k), arg_max(v, k), collect_set(v),
                                  any_value_det(v, k), count_if(v > 45),
                                  string_agg_det(CAST(v AS STRING), '+')
                                FROM input GROUP BY g
                                """)
                        .collect()) {
            rows.forEachRemaining(
                    row -> {
                        if (row.getKind() == RowKind.DELETE) {
                            actual.remove((Integer) row.getField(0));
                        } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
                            actual.put(
                                    (Integer) row.getField(0),
                                    IntStream.range(1, row.getArity())
                                            .mapToObj(row::getField)
                                            .map(AggregateStateITCase::text)
                                            .collect(Collectors.joining(" ")));
                        }
                    });
        }
        Map<Integer, String> expected = new TreeMap<>();
        live.forEach((group, rows) -> expected.put(group, expected(rows)));
        assertThat(actual).isEqualTo(expected);
    }

    private static String text(Object value) {
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }

    private static String expected(List<Row> rows) {
        TreeSet<Long> values = new TreeSet<>();
        long[] low = {Long.MAX_VALUE, 0};
        long[] high = {Long.MIN_VALUE, 0};
        for (Row row : rows) {
            long value = (Long) row.getField(1);
            long key = (Long) row.getField(2);
            values.add(value);
            if (key < low[0] || (key == low[0] && value < low[1])) {
                low = new long[] {key, value};
            }
            if (key > high[0] || (key == high[0] && value < high[1])) {
                high = new long[] {key, value};
            }
        }
        long large = rows.stream().filter(row -> (Long) row.getField(1) > 45).count();
        String joined =
                values.stream().map(String::valueOf).sorted().collect(Collectors.joining("+"));
        return low[1] + " " + high[1] + " " + values + " " + low[1] + " " + large + " " + joined;
    }

    @Test
    void sessions_that_meet_merge_their_states() throws Exception {
        StreamExecutionEnvironment cluster = cluster("rocksdb");
        StreamTableEnvironment env = environment(cluster);
        RowTypeInfo type =
                new RowTypeInfo(
                        new TypeInformation<?>[] {Types.STRING, Types.INSTANT},
                        new String[] {"v", "ts"});
        // The third event joins the sessions of the first two; the watermark lets it.
        List<Row> events = new ArrayList<>();
        for (long second : new long[] {10, 14, 12, 30}) {
            events.add(Row.of("v" + second, Instant.ofEpochSecond(second)));
        }
        env.createTemporaryView(
                "events",
                env.fromDataStream(
                        cluster.fromData(events, type),
                        Schema.newBuilder()
                                .column("v", "STRING")
                                .column("ts", "TIMESTAMP_LTZ(3)")
                                .watermark("ts", "ts - INTERVAL '10' SECOND")
                                .build()));
        List<String> sessions = new ArrayList<>();
        try (CloseableIterator<Row> rows =
                env.executeSql(
                                """
                                SELECT arg_max(v, ts), arg_min(v, ts), string_agg_det(v, '+')
                                FROM events GROUP BY SESSION(ts, INTERVAL '3' SECOND)
                                """)
                        .collect()) {
            rows.forEachRemaining(row -> sessions.add(row.toString()));
        }
        assertThat(sessions)
                .containsExactlyInAnyOrder("+I[v14, v10, v10+v12+v14]", "+I[v30, v30, v30]");
    }

    private static StreamExecutionEnvironment cluster(String backend) {
        Configuration options = new Configuration();
        options.setString("pipeline.generic-types", "false");
        options.setString("execution.checkpointing.interval", "30 ms");
        options.setString("state.backend.type", backend);
        options.setString("restart-strategy.type", "fixed-delay");
        options.setString("restart-strategy.fixed-delay.attempts", "1");
        options.setString("restart-strategy.fixed-delay.delay", "10 ms");
        StreamExecutionEnvironment cluster =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        cluster.setParallelism(1);
        return cluster;
    }

    private static StreamTableEnvironment environment(StreamExecutionEnvironment cluster) {
        StreamTableEnvironment env = StreamTableEnvironment.create(cluster);
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        return env;
    }
}
