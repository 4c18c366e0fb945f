package io.millrace.artifacts.metrics;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the operators of a cluster's jobs count, also when a job has ended, in a file for each
 * job ({@link JobMetricsFile}). Never makes a job fail.
 */
final class JobMetricsReporter implements MetricReporter, Scheduled {
    private static final Logger LOG = LoggerFactory.getLogger(JobMetricsReporter.class);
    private static final int JOBS = 16;

    private static final Set<String> KEPT =
            Set.of(
                    SubtaskMetrics.ROWS_IN,
                    SubtaskMetrics.ROWS_OUT,
                    SubtaskMetrics.BUSY,
                    SubtaskMetrics.BACK_PRESSURED,
                    SubtaskMetrics.IDLE,
                    SubtaskMetrics.HELD);

    private final Path folder;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean failed;

    /** What is known of a job: live metrics, and the last values of all. */
    private static final class Job {
        private final Map<Key, Metric> live = new HashMap<>();
        private final Map<SubtaskMetrics.Place, Map<String, Long>> values = new HashMap<>();

        void read(Key key, Metric metric) {
            try {
                long value = number(metric);
                values.computeIfAbsent(key.place(), place -> new HashMap<>())
                        .merge(
                                key.name(),
                                value,
                                key.name().equals(SubtaskMetrics.HELD)
                                        ? Math::max
                                        : (before, now) -> now);
            } catch (RuntimeException e) {
                // Of an operator that is just being closed; what was read before counts.
                LOG.debug("{} of {} cannot be read", key.name(), key.place(), e);
            }
        }

        private static long number(Metric metric) {
            if (metric instanceof Counter counter) {
                return counter.getCount();
            }
            Object value = ((Gauge<?>) metric).getValue();
            return value instanceof Number number ? number.longValue() : 0;
        }
    }

    private record Key(SubtaskMetrics.Place place, String name) {}

    JobMetricsReporter(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (isKept(metric, name)) {
            Map<String, String> scope = group.getAllVariables();
            String id = scope.get("<job_id>");
            SubtaskMetrics.Place place = place(scope);
            if (id != null && !place.task().isEmpty()) {
                Job job = jobs.computeIfAbsent(id, none -> new Job());
                job.live.put(new Key(place, name), metric);
                forgetOldest();
            }
        }
    }

    private static boolean isKept(Metric metric, String name) {
        return KEPT.contains(name) && (metric instanceof Counter || metric instanceof Gauge);
    }

    private static SubtaskMetrics.Place place(Map<String, String> scope) {
        return new SubtaskMetrics.Place(
                scope.getOrDefault("<task_name>", ""),
                scope.getOrDefault("<operator_name>", ""),
                Integer.parseInt(scope.getOrDefault("<subtask_index>", "0")));
    }

    private void forgetOldest() {
        jobs.entrySet().removeIf(job -> jobs.size() > JOBS && job.getValue().live.isEmpty());
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (!isKept(metric, name)) {
            return;
        }
        Map<String, String> scope = group.getAllVariables();
        String id = scope.get("<job_id>");
        Job job = id == null ? null : jobs.get(id);
        Key key = new Key(place(scope), name);
        // A metric that was replaced by that of another attempt says nothing.
        if (job != null && job.live.remove(key, metric)) {
            job.read(key, metric);
            if (job.live.isEmpty()) {
                write(id, job);
            }
        }
    }

    @Override
    public synchronized void report() {
        jobs.forEach(
                (id, job) -> {
                    if (!job.live.isEmpty()) {
                        job.live.forEach(job::read);
                        write(id, job);
                    }
                });
    }

    @Override
    public synchronized void close() {
        report();
        jobs.clear();
    }

    private void write(String id, Job job) {
        try {
            JobMetricsFile.write(folder, id, job.values, job.live.isEmpty());
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.warn("What operators do is not kept: {}", e.getMessage(), e);
            }
            failed = true;
        }
    }
}
