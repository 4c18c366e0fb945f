package io.millrace.delta.sink;

import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.write.NetChanges;
import io.millrace.delta.write.TargetIndex;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a writer tells about itself; counters are since its start. */
final class WriterMetrics {

    private final MetricGroup group;
    private final Counter inserted;
    private final Counter updated;
    private final Counter deleted;
    private final Counter files;
    private final Counter bytes;

    WriterMetrics(MetricGroup group) {
        this.group = group;
        this.inserted = group.counter("insertedRows");
        this.updated = group.counter("updatedRows");
        this.deleted = group.counter("deletedRows");
        this.files = group.counter("writtenFiles");
        this.bytes = group.counter("writtenBytes");
    }

    void registerIndex(TargetIndex target) {
        group.gauge("indexedKeys", target::size);
        group.gauge("indexBytes", target::sizeInBytes);
        group.gauge("indexDiskBytes", target::diskBytes);
        group.gauge("indexHits", target::hits);
        group.gauge("indexMisses", target::misses);
    }

    void registerBuffer(NetChanges changes) {
        group.gauge("bufferedKeys", changes::keys);
        group.gauge("bufferedBytes", changes::sizeInBytes);
        group.gauge("spilledBytes", changes::spilledBytes);
    }

    void wrote(WriteResult result) {
        inserted.inc(result.counts().inserted());
        updated.inc(result.counts().updated());
        deleted.inc(result.counts().deleted());
        for (StagedFile file : result.files()) {
            wrote(file.file().size());
        }
        for (ChangeFile file : result.changeFiles()) {
            if (result.files().stream().noneMatch(data -> data.path().equals(file.path()))) {
                wrote(file.size());
            }
        }
    }

    private void wrote(long size) {
        files.inc();
        bytes.inc(size);
    }
}
