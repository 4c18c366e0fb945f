package io.millrace.delta.source.reader;

import java.util.Arrays;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** Rows of one split that were read ahead, in buffers that are filled again when they are done. */
abstract class ReadBatch {

    private final long[] rowsByKind = new long[RowKind.values().length];
    private final ReadCounts counts = new ReadCounts();

    private boolean last;

    abstract int count();

    /** One of the rows, valid until the next call. */
    abstract RowData row(int index);

    /** Index in the file of the row to continue with after row {@code index}. */
    abstract long nextPosition(int index);

    /** Of the rows, where they have been copied from what was read. */
    abstract int sizeInBytes();

    /** Whether the split ends with these rows. */
    final boolean last() {
        return last;
    }

    /** Rows by {@link RowKind#toByteValue()}. */
    final long rowsOf(RowKind kind) {
        return rowsByKind[kind.toByteValue()];
    }

    /** What reading has cost since the batch before. */
    final ReadCounts counts() {
        return counts;
    }

    void clear() {
        counts.clear();
        Arrays.fill(rowsByKind, 0);
        last = false;
    }

    final void setLast() {
        last = true;
    }

    final void count(RowKind kind, long number) {
        rowsByKind[kind.toByteValue()] += number;
    }
}
