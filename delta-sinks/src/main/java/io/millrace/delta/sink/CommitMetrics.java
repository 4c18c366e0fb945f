package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.DeltaCommitter;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What an operator of commits shows; the module's README lists the names. */
final class CommitMetrics {

    private static final int DURATIONS = 500;

    private final Clock clock;
    private final Histogram duration = new DescriptiveStatisticsHistogram(DURATIONS);
    private final Counter commits;

    /** Epoch milliseconds at which each pending committable was made, oldest first. */
    private final Deque<Long> pendingSince = new ArrayDeque<>();

    private volatile long oldestPending;
    private volatile int pending;
    private volatile long version = -1;

    CommitMetrics(MetricGroup group, DeltaCommitter committer, Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
        this.commits = group.counter("commits");
        group.histogram("commitDurationMs", duration);
        group.gauge("commitConflicts", committer::conflicts);
        group.gauge("failedLogUpkeep", committer::failedUpkeep);
        group.gauge("pendingCommittables", () -> pending);
        group.gauge("oldestPendingAgeMs", this::oldestPendingAge);
        group.gauge("committedVersion", () -> version);
    }

    /** A committable was made, or restored. */
    void made() {
        pendingSince.addLast(clock.millis());
        publish();
    }

    /** The oldest committable is in the table, or there was nothing to change. */
    void done(long startNanos) {
        duration.update((System.nanoTime() - startNanos) / 1_000_000);
        pendingSince.removeFirst();
        publish();
    }

    void committed(long newVersion) {
        version = newVersion;
        commits.inc();
    }

    private void publish() {
        pending = pendingSince.size();
        oldestPending = pendingSince.isEmpty() ? Long.MAX_VALUE : pendingSince.getFirst();
    }

    /** 0 while nothing is pending. */
    private long oldestPendingAge() {
        return pending == 0 ? 0 : Math.max(0, clock.millis() - oldestPending);
    }
}
