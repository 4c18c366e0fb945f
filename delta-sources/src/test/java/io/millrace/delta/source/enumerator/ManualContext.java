package io.millrace.delta.source.enumerator;

import io.millrace.delta.source.split.DeltaSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Records what an enumerator does and runs its calls when the test says so. */
final class ManualContext implements SplitEnumeratorContext<DeltaSplit> {

    final Map<Integer, List<DeltaSplit>> assigned = new HashMap<>();
    final Map<Integer, List<Long>> announced = new HashMap<>();
    final Map<Integer, List<SourceEvent>> events = new HashMap<>();
    final Set<Integer> finished = new TreeSet<>();

    final Map<String, Gauge<?>> gauges = new HashMap<>();

    private final int parallelism;
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Queue<Runnable> once = new ArrayDeque<>();
    private final List<Runnable> periodic = new ArrayList<>();

    ManualContext(int parallelism) {
        this.parallelism = parallelism;
    }

    /** Runs what was asked to run once, and then the periodic calls. */
    void look() {
        while (!once.isEmpty()) {
            once.remove().run();
        }
        List.copyOf(periodic).forEach(Runnable::run);
    }

    long metric(String name) {
        return (Long) gauges.get(name).getValue();
    }

    void register(int reader) {
        readers.put(reader, new ReaderInfo(reader, "here"));
    }

    void unregister(int reader) {
        readers.remove(reader);
    }

    List<DeltaSplit> splitsOf(int reader) {
        return assigned.getOrDefault(reader, List.of());
    }

    List<Long> announcedTo(int reader) {
        return announced.getOrDefault(reader, List.of());
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return new RecordingMetrics();
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        if (event instanceof AssignedVersion told) {
            announced.computeIfAbsent(subtaskId, r -> new ArrayList<>()).add(told.version());
        }
        events.computeIfAbsent(subtaskId, r -> new ArrayList<>()).add(event);
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<DeltaSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (reader, splits) ->
                                assigned.computeIfAbsent(reader, r -> new ArrayList<>())
                                        .addAll(splits));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        finished.add(subtask);
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
        runnable.run();
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {}

    private final class RecordingMetrics extends UnregisteredMetricsGroup
            implements SplitEnumeratorMetricGroup {

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        @Override
        public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G gauge) {
            return gauge("unassignedSplits", gauge);
        }
    }
}
