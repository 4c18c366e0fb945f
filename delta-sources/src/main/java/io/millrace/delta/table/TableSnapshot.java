package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One version of a table: its schema and the files that make it up. Immutable; the files are read
 * anew on each call.
 */
public final class TableSnapshot {

    private final DeltaTable table;
    private final Snapshot snapshot;
    private final TableMetadata metadata;
    private final TableProtocol protocol;

    TableSnapshot(DeltaTable table, Snapshot snapshot) {
        this.table = requireNonNull(table, "table is null");
        this.snapshot = requireNonNull(snapshot, "snapshot is null");
        this.metadata = ActionReader.metadata(snapshot.getMetadata());
        this.protocol = ActionReader.protocol(snapshot.getProtocol());
    }

    public long version() {
        return snapshot.getVersion();
    }

    /** Epoch milliseconds of the commit that made this version. */
    public long timestamp() {
        return snapshot.getTimestamp(table.engine());
    }

    public TableMetadata metadata() {
        return metadata;
    }

    public TableProtocol protocol() {
        return protocol;
    }

    /** The live data files, with their statistics. The caller closes the iterator. */
    public CloseableIterator<DataFile> files() {
        String what = "read the list of files at version " + version();
        ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
        CloseableIterator<FilteredColumnarBatch> batches =
                Damage.explaining(table, what, () -> scan.getScanFiles(table.engine(), true));
        return Damage.explained(table, what, Utils.intoRows(batches).map(TableSnapshot::dataFile));
    }

    /** The newest transaction of an application in this version. */
    public OptionalLong transactionVersion(String appId) {
        Optional<Long> version = snapshot.getLatestTransactionVersion(table.engine(), appId);
        return version.isPresent() ? OptionalLong.of(version.get()) : OptionalLong.empty();
    }

    /** The newest transaction of each application in this version; reads the whole log of it. */
    public List<TransactionMark> transactions() {
        String what = "read the transactions at version " + version();
        List<TransactionMark> marks = new ArrayList<>();
        try (CloseableIterator<Row> lines =
                Damage.explained(
                        table,
                        what,
                        Utils.intoRows(
                                ((SnapshotImpl) snapshot)
                                        .getCreateCheckpointIterator(table.engine())))) {
            while (lines.hasNext()) {
                ActionReader.transaction(lines.next()).ifPresent(marks::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return marks;
    }

    /**
     * Writes a checkpoint of this version.
     *
     * @return whether this call wrote it; it may have been there
     */
    public boolean writeCheckpoint() {
        try {
            snapshot.writeCheckpoint(table.engine());
            return true;
        } catch (CheckpointAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s: cannot write a checkpoint of version %d: %s"
                            .formatted(table.location(), version(), e.getMessage()),
                    e);
        }
    }

    /** The commit that made this version, as it was when the version was opened. */
    Optional<CommitFile> commitFile() {
        return Optional.of(((SnapshotImpl) snapshot).getLogSegment().getDeltaFileAtEndVersion())
                .filter(file -> FileNames.isCommitFile(file.getPath()))
                .map(file -> new CommitFile(version(), file.getSize(), file.getModificationTime()));
    }

    Snapshot kernel() {
        return snapshot;
    }

    private static DataFile dataFile(Row scanFile) {
        return ActionReader.dataFile(scanFile.getStruct(scanFile.getSchema().indexOf("add")));
    }
}
