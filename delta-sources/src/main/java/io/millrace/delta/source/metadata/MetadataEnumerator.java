package io.millrace.delta.source.metadata;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives the one split to the first reader that asks. */
final class MetadataEnumerator implements SplitEnumerator<MetadataSplit, MetadataSplit> {

    private static final MetadataSplit NOTHING = new MetadataSplit(MetadataSplit.ASSIGNED);

    private final SplitEnumeratorContext<MetadataSplit> context;
    private MetadataSplit left;

    MetadataEnumerator(SplitEnumeratorContext<MetadataSplit> context, MetadataSplit left) {
        this.context = requireNonNull(context, "context is null");
        this.left = requireNonNull(left, "left is null");
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> left.equals(NOTHING) ? 0L : 1L);
    }

    @Override
    public void handleSplitRequest(int subtask, String requesterHostname) {
        if (left.equals(NOTHING)) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(left, subtask);
            left = NOTHING;
        }
    }

    @Override
    public void addSplitsBack(List<MetadataSplit> splits, int subtask) {
        splits.forEach(split -> left = split);
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public MetadataSplit snapshotState(long checkpointId) {
        return left;
    }

    @Override
    public void close() {}
}
