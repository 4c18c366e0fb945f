package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.annotation.Internal;

/** What the log says of the files of one version. Each question goes through the log once. */
@Internal
public final class SnapshotFiles {

    private final TableSnapshot snapshot;

    private SnapshotFiles(TableSnapshot snapshot) {
        this.snapshot = requireNonNull(snapshot, "snapshot is null");
    }

    public static SnapshotFiles of(DeltaTable table, long version) {
        return new SnapshotFiles(table.snapshot(version));
    }

    /**
     * Whether {@code predicate} is of partition columns only, and of each file either all rows
     * satisfy it or none.
     */
    public boolean partitionsDecide(Predicate predicate) {
        FilePruner pruner = new FilePruner(predicate, snapshot.metadata());
        if (!pruner.isOfPartitions(predicate)) {
            return false;
        }
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                if (pruner.judge(predicate, files.next()) == Verdict.SOME) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
