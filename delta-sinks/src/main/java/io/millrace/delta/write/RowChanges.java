package io.millrace.delta.write;

import io.millrace.delta.commit.WriteResult;
import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;

/** Changed rows on their way into files of a table. */
@Internal
public sealed interface RowChanges extends Closeable
        permits TableChanges, AppendedRows, PositionedChanges {

    /** Adds a change; its kind says which. The row is not kept. */
    void add(RowData change) throws IOException;

    /** Says that nothing is added any more: what only later changes need may be left out. */
    default void endInput() {}

    /** Whether nothing was added since the last flush. */
    boolean isEmpty();

    /** Takes in what was committed to the table since this was called last. */
    void follow() throws IOException;

    /**
     * Writes what was added since the last flush.
     *
     * @return what was written, empty if nothing is left of the changes
     */
    WriteResult flush(long checkpointId, int subtask) throws IOException;

    /** Forgets what was added since the last flush. */
    void discard() throws IOException;

    /** Forgets what was added, and gives back what it holds. */
    @Override
    default void close() throws IOException {
        discard();
    }
}
