package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class DeltaSourceITCase {

    @TempDir private Path folder;

    private ScriptedTable table;

    @BeforeEach
    void aTableWithEveryKindOfCommit() {
        table = new ScriptedTable(folder.resolve("people"));
        table.insert(rows(0, 60, "x", "y", null))
                .rename("renamed", 1L, 2L, 33L)
                .deleteByVector(4L, 5L, 40L)
                .commitNothing()
                .insert(rows(60, 80, "z"))
                .swapByVector(7, 4)
                .compact()
                .rename("again", 1L, 70L)
                .restoreByVector(5L)
                .removeFilesOf(61L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void readsTheFeedFromAVersion(int parallelism) throws Exception {
        List<String> read = readToEnd(version(1), parallelism, false);

        assertThat(rowsIn(read)).containsExactlyInAnyOrderElementsOf(feed(1, table.version()));
        assertTruthful(read);
        assertThat(read).endsWith("end");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void readsASnapshotAndThenTheFeed(int parallelism) throws Exception {
        long start = table.version();
        List<String> expected = new ArrayList<>();
        table.snapshot(start).forEach(row -> expected.add(start + "+I" + row));
        DataStream<String> stream =
                stream(new StartingPosition.Snapshot(), following(), parallelism, false);
        try (CloseableIterator<String> read = stream.executeAndCollect()) {
            List<String> all = take(read, "complete " + start);
            assertThat(rowsIn(all)).containsExactlyInAnyOrderElementsOf(expected);

            table.insert(rows(100, 110, "n")).rename("late", 100L, 3L);
            all.addAll(take(read, "complete " + (start + 2)));
            expected.addAll(feed(start + 1, start + 2));
            assertThat(rowsIn(all)).containsExactlyInAnyOrderElementsOf(expected);
            assertTruthful(all);
        }
    }

    @Test
    void aFailureInTheMiddleLosesAndRepeatsNothing() throws Exception {
        table.insert(rows(1000, 61_000, "x", "y"));
        List<String> read = readToEnd(version(1), 2, true);

        assertThat(read).contains("attempt 1");
        assertThat(rowsIn(read)).containsExactlyInAnyOrderElementsOf(feed(1, table.version()));
        assertTruthful(read);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void continuesFromASavepointAtAnyParallelism(int parallelism) throws Exception {
        long pinned = 5;
        StartingPosition start = version(1);
        SourceRun first = new SourceRun(pinned, false, Duration.ofMillis(20));
        List<String> before;
        String savepoint;
        StreamExecutionEnvironment env = environment(2, Optional.empty());
        CloseableIterator<String> results = stream(env, start, first, false).collectAsync();
        JobClient job = env.executeAsync();
        try (results) {
            before = take(results, "complete " + pinned);
            savepoint =
                    job.stopWithSavepoint(
                                    false,
                                    folder.resolve("savepoints").toString(),
                                    SavepointFormatType.CANONICAL)
                            .get();
        }
        assertThat(rowsIn(before)).containsExactlyInAnyOrderElementsOf(feed(1, pinned));

        SourceRun rest = new SourceRun(SourceRun.NO_LAST_VERSION, true, Duration.ofMillis(20));
        List<String> after = new ArrayList<>();
        try (CloseableIterator<String> read =
                stream(environment(parallelism, Optional.of(savepoint)), start, rest, false)
                        .executeAndCollect()) {
            read.forEachRemaining(after::add);
        }
        assertThat(rowsIn(after))
                .containsExactlyInAnyOrderElementsOf(feed(pinned + 1, table.version()));
        assertTruthful(after);
    }

    @Test
    void aWindowReadsTheSameWheneverItIsReplayed() throws Exception {
        SourceRun window = SourceRun.following(Duration.ofMillis(20)).endingAt(6);
        List<String> first = readToEnd(version(2), window, 2);
        table.compact().rename("later", 1L, 70L).removeFilesOf(2L);
        List<String> again =
                readToEnd(version(2), window.limitedTo(new ReadLimits(50, 1 << 20)), 4);

        assertThat(rowsIn(first)).containsExactlyInAnyOrderElementsOf(feed(2, 6));
        assertThat(rowsIn(again)).containsExactlyInAnyOrderElementsOf(rowsIn(first));
        assertThat(again).endsWith("end");
    }

    @Test
    void aVersionThatCannotBeReadFailsTheJobAfterAllBeforeIt() throws Exception {
        SourceRun run = following();
        List<String> read = new ArrayList<>();
        DataStream<String> stream = stream(version(1), run, 2, false);
        try (CloseableIterator<String> results = stream.executeAndCollect()) {
            read.addAll(take(results, "complete " + table.version()));
            table.switchFeedOff();
            assertThatThrownBy(() -> results.forEachRemaining(read::add))
                    .satisfies(
                            failure ->
                                    assertThat(
                                                    ExceptionUtils.findSerializedThrowable(
                                                            failure,
                                                            RefusedException.class,
                                                            getClass().getClassLoader()))
                                            .get(InstanceOfAssertFactories.THROWABLE)
                                            .hasMessageContaining("the change feed is off"))
                    .hasStackTraceContaining("not recoverable");
        }
        assertThat(rowsIn(read)).containsExactlyInAnyOrderElementsOf(feed(1, table.version()));
    }

    private static StartingPosition version(long version) {
        return new StartingPosition.Version(version);
    }

    private static SourceRun following() {
        return SourceRun.following(Duration.ofMillis(20));
    }

    private List<String> readToEnd(StartingPosition start, int parallelism, boolean failOnce)
            throws Exception {
        SourceRun run = new SourceRun(SourceRun.NO_LAST_VERSION, true, Duration.ofMillis(20));
        return readToEnd(stream(start, run, parallelism, failOnce));
    }

    private List<String> readToEnd(StartingPosition start, SourceRun run, int parallelism)
            throws Exception {
        return readToEnd(stream(start, run, parallelism, false));
    }

    private static List<String> readToEnd(DataStream<String> stream) throws Exception {
        List<String> all = new ArrayList<>();
        try (CloseableIterator<String> read = stream.executeAndCollect()) {
            read.forEachRemaining(all::add);
        }
        return all;
    }

    private DataStream<String> stream(
            StartingPosition start, SourceRun run, int parallelism, boolean failOnce) {
        return stream(environment(parallelism, Optional.empty()), start, run, failOnce);
    }

    private DataStream<String> stream(
            StreamExecutionEnvironment env,
            StartingPosition start,
            SourceRun run,
            boolean failOnce) {
        ReadSpec spec = table.spec(start);
        ReadSpecHandle handle = () -> spec;
        return env.fromSource(
                        new DeltaSource(handle, run),
                        WatermarkStrategy.noWatermarks(),
                        "people",
                        InternalTypeInfo.of(DeltaSource.producedRowType(spec)))
                .uid("source-people")
                .transform("probe", Types.STRING, new FeedProbe(failOnce))
                .uid("probe")
                .setParallelism(1);
    }

    private StreamExecutionEnvironment environment(int parallelism, Optional<String> savepoint) {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        savepoint.ifPresent(
                path -> {
                    config.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
                    config.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
                });
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, config);
    }

    private static List<String> take(Iterator<String> read, String last) {
        List<String> taken = new ArrayList<>();
        String next = "";
        while (!next.equals(last)) {
            next = read.next();
            taken.add(next);
        }
        return taken;
    }

    private List<String> feed(long from, long to) {
        List<String> all = new ArrayList<>();
        for (long version = from; version <= to; version++) {
            long prefix = version;
            table.feed(version).forEach(change -> all.add(prefix + change));
        }
        return all;
    }

    private static List<String> rowsIn(List<String> read) {
        return read.stream().filter(text -> Character.isDigit(text.charAt(0))).toList();
    }

    /** No row comes after its version was said to be complete. */
    private static void assertTruthful(List<String> read) {
        long complete = Long.MIN_VALUE;
        TreeMap<Long, Integer> counts = new TreeMap<>();
        for (String text : read) {
            if (text.startsWith("complete ")) {
                complete = Math.max(complete, Long.parseLong(text.substring("complete ".length())));
            } else if (Character.isDigit(text.charAt(0))) {
                long version = Long.parseLong(text.split("[-+]")[0]);
                counts.merge(version, 1, Integer::sum);
                assertThat(version).as(text).isGreaterThan(complete);
            }
        }
        assertThat(counts).isNotEmpty();
    }

    private static Row[] rows(int from, int to, String... parts) {
        List<Row> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(new Row(i, "name" + i, parts[i % parts.length]));
        }
        return rows.toArray(Row[]::new);
    }
}
