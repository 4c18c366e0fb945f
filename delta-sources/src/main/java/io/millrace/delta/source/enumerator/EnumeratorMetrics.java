package io.millrace.delta.source.enumerator;

import io.millrace.delta.source.split.DeltaSplit;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * How far a source is with its table, as a metric reporter sees it: by what was handed out to
 * readers. Set by the enumerator's thread, read by others.
 */
final class EnumeratorMetrics {

    private final LongSupplier clock;

    private volatile long currentVersion = -1;
    private volatile long newestVersion = -1;
    private volatile long oldestWaiting = Long.MAX_VALUE;
    private volatile long pending;

    /**
     * @param clock epoch milliseconds
     */
    EnumeratorMetrics(LongSupplier clock) {
        this.clock = clock;
    }

    void register(SplitEnumeratorMetricGroup group, FeedPlanner planner) {
        group.setUnassignedSplitsGauge(() -> pending);
        group.gauge("currentVersion", () -> currentVersion);
        group.gauge("lagVersions", this::lagVersions);
        group.gauge("lagMilliseconds", this::lagMilliseconds);
        group.gauge("filesSkipped", planner::filesSkipped);
    }

    /** The newest version that is known to be there. */
    void found(long version) {
        newestVersion = Math.max(newestVersion, version);
    }

    /** Everything up to this version was handed out. */
    void handedOut(long version) {
        currentVersion = version;
    }

    /**
     * What waits to be handed out.
     *
     * @param first null if nothing does
     */
    void waiting(int splits, DeltaSplit first) {
        pending = splits;
        oldestWaiting = first == null ? Long.MAX_VALUE : first.timestamp();
    }

    private long lagVersions() {
        return Math.max(0, newestVersion - currentVersion);
    }

    /** How long ago the oldest version was committed that was not handed out. */
    private long lagMilliseconds() {
        long oldest = oldestWaiting;
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.getAsLong() - oldest);
    }
}
