package io.millrace.delta.source.reader;

import io.millrace.delta.source.split.DeltaSplit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.types.RowKind;

/** What a reader has read, by the names in the module's README. */
final class ReaderMetrics {

    private final Counter inserted;
    private final Counter updatedBefore;
    private final Counter updatedAfter;
    private final Counter deleted;
    private final Counter files;
    private final Counter rowGroups;
    private final Counter rowGroupsSkipped;
    private final Counter bytes;

    ReaderMetrics(MetricGroup group) {
        this.inserted = group.counter("numRowsInserted");
        this.updatedBefore = group.counter("numRowsUpdatedBefore");
        this.updatedAfter = group.counter("numRowsUpdatedAfter");
        this.deleted = group.counter("numRowsDeleted");
        this.files = group.counter("filesRead");
        this.rowGroups = group.counter("rowGroupsRead");
        this.rowGroupsSkipped = group.counter("rowGroupsSkipped");
        this.bytes = group.counter("bytesRead");
    }

    void count(ReadBatch batch) {
        inserted.inc(batch.rowsOf(RowKind.INSERT));
        updatedBefore.inc(batch.rowsOf(RowKind.UPDATE_BEFORE));
        updatedAfter.inc(batch.rowsOf(RowKind.UPDATE_AFTER));
        deleted.inc(batch.rowsOf(RowKind.DELETE));
        rowGroups.inc(batch.counts().rowGroupsRead());
        rowGroupsSkipped.inc(batch.counts().rowGroupsSkipped());
        bytes.inc(batch.counts().bytesRead());
    }

    /** A file that several splits read counts once. */
    void finished(DeltaSplit split) {
        if (split.range().start() == 0) {
            files.inc();
        }
    }
}
