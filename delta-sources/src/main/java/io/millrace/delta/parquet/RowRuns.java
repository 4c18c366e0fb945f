package io.millrace.delta.parquet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PrimitiveIterator;
import org.apache.parquet.column.page.PageReadStore;

/** Which rows of a row group are to be read, as runs of rows that follow each other. */
final class RowRuns {

    /**
     * @param begin the first row, in the row group
     * @param end behind the last row
     */
    private record Run(long begin, long end) {}

    private final Deque<Run> runs = new ArrayDeque<>();
    private long next;

    /** The rows of {@code rowGroup} from {@code first} on, as far as pages hold them. */
    static RowRuns of(PageReadStore rowGroup, long first) {
        RowRuns result = new RowRuns();
        if (rowGroup.getRowIndexes().isEmpty()) {
            result.add(new Run(0, rowGroup.getRowCount()), first);
            return result;
        }
        PrimitiveIterator.OfLong rows = rowGroup.getRowIndexes().get();
        long begin = -1;
        long end = -1;
        while (rows.hasNext()) {
            long row = rows.nextLong();
            if (row != end) {
                result.add(new Run(begin, end), first);
                begin = row;
            }
            end = row + 1;
        }
        result.add(new Run(begin, end), first);
        return result;
    }

    static RowRuns none() {
        return new RowRuns();
    }

    private void add(Run run, long first) {
        long begin = Math.max(run.begin, first);
        if (begin < run.end) {
            runs.add(new Run(begin, run.end));
            if (runs.size() == 1) {
                next = begin;
            }
        }
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** The next row to read. */
    long next() {
        return next;
    }

    /** The number of rows that follow each other from {@link #next} on. */
    long length() {
        return runs.element().end - next;
    }

    void passed(long rows) {
        next += rows;
        if (next == runs.element().end) {
            runs.remove();
            next = runs.isEmpty() ? next : runs.element().begin;
        }
    }
}
