package io.millrace.shell;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Where the outcomes of statements go, in the order of the statements. */
public interface StatementOutput {
    /** A statement begins to have rows. */
    Rows rows(RowsHeader header) throws IOException;

    /**
     * A statement has written.
     *
     * @param commits what it committed, none where it changed nothing
     */
    void committed(String statement, List<Committed> commits) throws IOException;

    /** A statement has neither rows nor commits. */
    void done(String statement) throws IOException;

    /** No statement comes any more. */
    void end() throws IOException;

    /** The rows of one statement. */
    interface Rows extends Closeable {
        /**
         * @param row valid during this call only
         */
        void write(RowData row) throws IOException;

        /** Whatever was written is to be seen now. */
        void flush() throws IOException;

        /** All rows were written. */
        void end() throws IOException;

        /** Gives back what it holds, whether all rows were written or not. */
        @Override
        default void close() throws IOException {}
    }
}
