package io.millrace.delta.source.reader;

import io.millrace.delta.parquet.row.EncodedRows;
import java.util.Arrays;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/** Rows that were encoded. */
final class EncodedBatch extends ReadBatch {

    private final EncodedRows rows;

    /** Points into the rows, at one after the other. */
    private final BinaryRowData row;

    private long[] nextPositions = {};

    /**
     * @param arity number of fields of a row
     */
    EncodedBatch(int arity) {
        this.rows = new EncodedRows(arity);
        this.row = new BinaryRowData(arity);
    }

    EncodedRows rows() {
        return rows;
    }

    @Override
    int count() {
        return rows.count();
    }

    @Override
    RowData row(int index) {
        rows.point(row, index);
        return row;
    }

    @Override
    long nextPosition(int index) {
        return nextPositions[index];
    }

    @Override
    int sizeInBytes() {
        return rows.sizeInBytes();
    }

    @Override
    void clear() {
        super.clear();
        rows.clear();
    }

    void setNextPosition(int index, long position) {
        if (index == nextPositions.length) {
            nextPositions = Arrays.copyOf(nextPositions, Math.max(512, 2 * index));
        }
        nextPositions[index] = position;
    }
}
