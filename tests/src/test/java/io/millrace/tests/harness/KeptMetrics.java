package io.millrace.tests.harness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * A reporter that keeps all metrics of the clusters that it was given to, also when they are gone:
 * an embedded cluster ends with its job.
 */
public final class KeptMetrics implements MetricReporter {

    private static final String ID = "id";

    /** Clusters make reporters by class name, so there is no other way to one of a test. */
    private static final Map<String, KeptMetrics> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final List<Kept> metrics = new CopyOnWriteArrayList<>();

    private record Kept(String name, String scope, Metric metric) {}

    public static KeptMetrics create() {
        KeptMetrics kept = new KeptMetrics();
        OPEN.put(kept.id, kept);
        return kept;
    }

    /** Options of a cluster that reports here. */
    public Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("metrics.reporters", "kept");
        options.put("metrics.reporter.kept.factory.class", Factory.class.getName());
        options.put("metrics.reporter.kept." + ID, id);
        return options;
    }

    /** The values of a metric in all scopes that have it. */
    public List<Long> values(String name) {
        return metrics.stream()
                .filter(kept -> kept.name().equals(name))
                .map(kept -> value(kept.metric()))
                .toList();
    }

    /** Where a metric is. */
    public List<String> scopes(String name) {
        return metrics.stream().filter(kept -> kept.name().equals(name)).map(Kept::scope).toList();
    }

    private static long value(Metric metric) {
        return metric instanceof Counter counter
                ? counter.getCount()
                : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    public void forget() {
        OPEN.remove(id);
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        metrics.add(new Kept(name, group.getMetricIdentifier(name), metric));
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

    /** Finds the reporter of a test. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return OPEN.get(properties.getProperty(ID));
        }
    }
}
