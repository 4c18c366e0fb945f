package io.millrace.delta.source.reader;

import io.millrace.delta.parquet.row.EncodedRows;
import java.util.Arrays;
import org.apache.flink.types.RowKind;

/** Rows of one split that were read ahead, in a buffer that is filled again when they are done. */
final class EncodedBatch {

    private final EncodedRows rows;
    private final long[] rowsByKind = new long[RowKind.values().length];
    private final ReadCounts counts = new ReadCounts();

    private long[] nextPositions = {};
    private boolean last;

    /**
     * @param arity number of fields of a row
     */
    EncodedBatch(int arity) {
        this.rows = new EncodedRows(arity);
    }

    EncodedRows rows() {
        return rows;
    }

    int count() {
        return rows.count();
    }

    /** Index in the file of the row to continue with after row {@code index}. */
    long nextPosition(int index) {
        return nextPositions[index];
    }

    /** Whether the split ends with these rows. */
    boolean last() {
        return last;
    }

    /** Rows by {@link RowKind#toByteValue()}. */
    long rowsOf(RowKind kind) {
        return rowsByKind[kind.toByteValue()];
    }

    /** What reading has cost since the batch before. */
    ReadCounts counts() {
        return counts;
    }

    int sizeInBytes() {
        return rows.sizeInBytes();
    }

    void clear() {
        rows.clear();
        counts.clear();
        Arrays.fill(rowsByKind, 0);
        last = false;
    }

    void setLast() {
        last = true;
    }

    void setNextPosition(int index, long position) {
        if (index == nextPositions.length) {
            nextPositions = Arrays.copyOf(nextPositions, Math.max(512, 2 * index));
        }
        nextPositions[index] = position;
    }

    void count(RowKind kind, long number) {
        rowsByKind[kind.toByteValue()] += number;
    }
}
