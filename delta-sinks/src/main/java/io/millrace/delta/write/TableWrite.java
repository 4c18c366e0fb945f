package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.commit.Committable;
import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Writes rows into a Delta table without Flink: rows in, one commit out, as often as wanted.
 *
 * <p>With a key, a commit is the difference between the rows given and the rows in the table: rows
 * that are already there as they are do not appear in it, nor in the change feed; of several rows
 * with one key the last one counts. Without a key rows are appended. Not thread-safe; after an
 * exception it is not to be used any more.
 */
@PublicEvolving
public final class TableWrite implements Closeable {

    private final DeltaTable table;
    private final WriteSpec spec;
    private final PendingResults own;
    private final RowChanges changes;

    private TableWrite(DeltaTable table, WriteSpec spec, PendingResults own, RowChanges changes) {
        this.table = table;
        this.spec = spec;
        this.own = own;
        this.changes = changes;
    }

    /** Opens a table for writing; makes it, as an empty version 0, where it is not there. */
    public static TableWrite open(DeltaTable table, WriteSpec spec) throws IOException {
        requireNonNull(table, "table is null");
        requireNonNull(spec, "spec is null");
        DeltaCommitter.createIfAbsent(table, spec.definition(), Map.of());
        new DeltaCommitter(table, spec.definition(), new CommitFacts(table.location(), Map.of()))
                .checkTable();
        FileNaming naming = FileNaming.forSink(table.location());
        PendingResults own = new PendingResults();
        WriterMemory memory = WriterMemory.DEFAULT.within(Runtime.getRuntime().maxMemory());
        if (spec.keyColumns().isEmpty()) {
            return new TableWrite(
                    table, spec, own, new AppendedRows(table, spec, naming, memory.changes()));
        }
        Path folder = naming.localFolder();
        TargetIndex target =
                new TargetIndex(table, spec, hash -> true, own, memory.index(), folder);
        target.load();
        NetChanges net =
                NetChanges.last(spec.rowType(), KeyEncoder.of(spec), memory.changes(), folder);
        return new TableWrite(
                table, spec, own, new TableChanges(target, net, naming, true, Set.of(), false));
    }

    /** Adds the row, or puts it in the place of the row with the same key. */
    public void upsert(RowData row) throws IOException {
        add(RowKind.INSERT, row);
    }

    /**
     * Deletes the row with the key of {@code row}; nothing happens where there is none.
     *
     * @param row of the spec's row type; only its key columns are looked at
     */
    public void delete(RowData row) throws IOException {
        add(RowKind.DELETE, row);
    }

    private void add(RowKind kind, RowData row) throws IOException {
        RowKind given = row.getRowKind();
        row.setRowKind(kind);
        try {
            changes.add(row);
        } finally {
            row.setRowKind(given);
        }
    }

    /**
     * Commits what was written since the last commit; writes no version where nothing changes.
     *
     * @param id application and number of the commit; a number that the table has seen before is
     *     {@link CommitOutcome.AlreadyCommitted}, and nothing is written
     * @param parameters recorded with the commit
     */
    public CommitOutcome commit(TransactionId id, Map<String, String> parameters)
            throws IOException {
        return commit(id, parameters, false);
    }

    /** Like {@link #commit}, but writes a version even where nothing changes. */
    public CommitOutcome commitAlways(TransactionId id, Map<String, String> parameters)
            throws IOException {
        return commit(id, parameters, true);
    }

    private CommitOutcome commit(
            TransactionId id, Map<String, String> parameters, boolean evenIfEmpty)
            throws IOException {
        own.addSinkId(id.appId());
        changes.follow();
        if (table.snapshot().transactionVersion(id.appId()).orElse(-1) >= id.version()) {
            changes.discard();
        }
        WriteResult result = changes.flush(id.version(), 0);
        CommitFacts facts = new CommitFacts(id.appId(), parameters);
        try (DeltaCommitter committer = new DeltaCommitter(table, spec.definition(), facts)) {
            CommitOutcome outcome = committer.commit(committable(id, result), evenIfEmpty);
            changes.follow();
            return outcome;
        }
    }

    /** The same id always has the same token: whoever commits under it means the same rows. */
    private static Committable committable(TransactionId id, WriteResult result) {
        return new Committable(
                id.version(),
                id.appId() + "/" + id.version(),
                id.version(),
                result.indexVersion(),
                true,
                false,
                result.files(),
                result.changeFiles(),
                result.deletions(),
                result.counts(),
                Map.of());
    }

    /** Forgets what was not committed. */
    @Override
    public void close() throws IOException {
        changes.close();
    }
}
