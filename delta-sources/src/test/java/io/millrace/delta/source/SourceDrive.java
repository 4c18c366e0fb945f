package io.millrace.delta.source;

import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.EnumeratorState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Runs a bounded source to its end without a cluster: its enumerator and one reader, in the thread
 * of the test. What they fail with comes out as it is.
 */
public final class SourceDrive {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SourceDrive() {}

    /** All rows of one version, as text. */
    public static List<String> snapshot(ReadSpec spec, long version) throws Exception {
        List<String> rows = new ArrayList<>();
        run(
                spec.inMode(ReadMode.SNAPSHOT),
                version,
                row -> rows.add(RowText.of(row, spec.rowType())));
        return rows;
    }

    /** What the source of {@code spec} reads up to a version: version, kind of change, row. */
    public static List<String> changes(ReadSpec spec, long lastVersion) throws Exception {
        List<String> rows = new ArrayList<>();
        run(
                spec,
                lastVersion,
                row ->
                        rows.add(
                                SequencedRows.version(row)
                                        + row.getRowKind().shortString()
                                        + RowText.of(row, spec.rowType())));
        return rows;
    }

    /** Gives each row to {@code rows}, which must not keep it. */
    public static void run(ReadSpec spec, long lastVersion, Consumer<RowData> rows)
            throws Exception {
        DeltaSource source =
                new DeltaSource(() -> spec, new SourceRun(lastVersion, true, Duration.ofMillis(1)));
        Coordinator coordinator = new Coordinator();
        try (SplitEnumerator<DeltaSplit, EnumeratorState> enumerator =
                        source.createEnumerator(coordinator);
                SourceReader<RowData, DeltaSplit> reader =
                        source.createReader(new ReaderSide(enumerator))) {
            coordinator.reader = Optional.of(reader);
            enumerator.start();
            enumerator.addReader(0);
            reader.start();
            Output output = new Output(rows);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            InputStatus status = InputStatus.MORE_AVAILABLE;
            while (status != InputStatus.END_OF_INPUT) {
                coordinator.look();
                status = reader.pollNext(output);
                if (status == InputStatus.NOTHING_AVAILABLE && !coordinator.hasNews()) {
                    awaitBriefly(reader);
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the source does not end: " + spec);
                }
            }
        }
    }

    /** The enumerator may have news for the reader meanwhile, so it does not wait for long. */
    private static void awaitBriefly(SourceReader<RowData, DeltaSplit> reader) throws Exception {
        try {
            reader.isAvailable().get(5, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Looked at again by the caller.
        }
    }

    private record Output(Consumer<RowData> rows) implements ReaderOutput<RowData> {

        @Override
        public void collect(RowData row) {
            rows.accept(row);
        }

        @Override
        public void collect(RowData row, long timestamp) {
            rows.accept(row);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<RowData> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }

    /** The enumerator's surroundings. */
    private static final class Coordinator implements SplitEnumeratorContext<DeltaSplit> {

        private final Queue<Runnable> once = new ArrayDeque<>();
        private final List<Runnable> periodic = new ArrayList<>();
        private Optional<SourceReader<RowData, DeltaSplit>> reader = Optional.empty();

        boolean hasNews() {
            return !once.isEmpty();
        }

        void look() {
            if (once.isEmpty()) {
                List.copyOf(periodic).forEach(Runnable::run);
            }
            while (!once.isEmpty()) {
                once.remove().run();
            }
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
        }

        @Override
        public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
            once.add(() -> reader.orElseThrow().handleSourceEvents(event));
        }

        @Override
        public int currentParallelism() {
            return 1;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return new HashMap<>(Map.of(0, new ReaderInfo(0, "here")));
        }

        @Override
        public void assignSplits(SplitsAssignment<DeltaSplit> assignment) {
            List<DeltaSplit> splits = assignment.assignment().getOrDefault(0, List.of());
            once.add(() -> reader.orElseThrow().addSplits(splits));
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            once.add(() -> reader.orElseThrow().notifyNoMoreSplits());
        }

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
            once.add(call(callable, handler));
        }

        @Override
        public <T> void callAsync(
                Callable<T> callable,
                BiConsumer<T, Throwable> handler,
                long initialDelayMillis,
                long periodMillis) {
            periodic.add(call(callable, handler));
        }

        private static <T> Runnable call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
            return () -> {
                T result = null;
                Throwable failure = null;
                try {
                    result = callable.call();
                } catch (Exception e) {
                    failure = e;
                }
                handler.accept(result, failure);
            };
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            once.add(runnable);
        }

        @Override
        public void setIsProcessingBacklog(boolean isProcessingBacklog) {}
    }

    /** The reader's surroundings. */
    private record ReaderSide(SplitEnumerator<DeltaSplit, EnumeratorState> enumerator)
            implements SourceReaderContext {

        @Override
        public void sendSplitRequest() {
            enumerator.handleSplitRequest(0, "here");
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            enumerator.handleSourceEvent(0, event);
        }

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "here";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }
}
