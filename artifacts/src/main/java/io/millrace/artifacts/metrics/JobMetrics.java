package io.millrace.artifacts.metrics;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the jobs of clusters that report into a folder have done. */
public final class JobMetrics {
    private static final long POLL_MILLIS = 20;

    private final Path folder;

    /**
     * @param folder as in {@link JobMetricsReporterFactory#options}
     */
    public JobMetrics(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** The operators of a job as they are now. */
    public List<OperatorMetrics> now(String job) {
        return JobMetricsFile.read(folder, job)
                .map(content -> OperatorMetrics.of(content.subtasks()))
                .orElse(List.of());
    }

    /**
     * The operators of a job that has ended; waits a while for the last of them to say so. Its file
     * is deleted.
     */
    public List<OperatorMetrics> ended(String job, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<JobMetricsFile.Content> content = JobMetricsFile.read(folder, job);
        while ((content.isEmpty() || !content.get().ended()) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            content = JobMetricsFile.read(folder, job);
        }
        JobMetricsFile.delete(folder, job);
        return content.map(found -> OperatorMetrics.of(found.subtasks())).orElse(List.of());
    }
}
