package io.millrace.delta.write;

import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows into a Delta table without Flink: rows in, one commit out, as often as wanted.
 *
 * <p>With a key, a commit is the difference between the rows given and the rows in the table: rows
 * that are already there as they are do not appear in it, nor in the change feed; of several rows
 * with one key the last one counts. Without a key rows are appended. Not thread-safe; a table has
 * one writer at a time.
 */
@PublicEvolving
@SuppressWarnings("DoNotCallSuggester")
public final class TableWrite implements Closeable {

    private TableWrite() {}

    /** Opens a table for writing; makes it, as an empty version 0, where it is not there. */
    public static TableWrite open(DeltaTable table, WriteSpec spec) throws IOException {
        throw new UnsupportedOperationException(table.location() + spec);
    }

    /** Adds the row, or puts it in the place of the row with the same key. */
    public void upsert(RowData row) {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes the row with the key of {@code row}; nothing happens where there is none.
     *
     * @param row of the spec's row type; only its key columns are looked at
     */
    public void delete(RowData row) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /** Like {@link #commit}, but writes a version even where nothing changes. */
    public CommitOutcome commitAlways(TransactionId id, Map<String, String> parameters)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Forgets what was not committed. */
    @Override
    public void close() throws IOException {}
}
