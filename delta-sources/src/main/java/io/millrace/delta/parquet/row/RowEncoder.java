package io.millrace.delta.parquet.row;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Makes binary rows of vectors, byte by byte those that Flink's {@code RowDataSerializer} makes.
 * Writes column by column: sizes first, then the values of each column into all rows. Not
 * thread-safe.
 */
@Internal
public final class RowEncoder {

    private final ValueWriter[] columns;
    private final int fixedSize;
    private final int nullBytes;
    private final int limit;

    private int[] sizes = {};
    private int[] cursors = {};

    /**
     * @param columns types of the vectors, which become the first fields of a row
     * @param extraFields fields behind them, left for the caller to set: not null, eight bytes
     * @param limit of the bytes to encode at once; one row may be larger
     */
    public RowEncoder(List<LogicalType> columns, int extraFields, int limit) {
        this.columns = columns.stream().map(ValueWriters::of).toArray(ValueWriter[]::new);
        int arity = columns.size() + extraFields;
        this.fixedSize = BinaryRowData.calculateFixPartSizeInBytes(arity);
        this.nullBytes = BinaryRowData.calculateBitSetWidthInBytes(arity);
        this.limit = limit;
    }

    /**
     * Encodes as many of the rows as the limit allows, as inserts.
     *
     * @param rows indexes of rows in the vectors
     * @param from the first of {@code rows} to encode
     * @param to behind the last of them
     * @return how many were encoded, at least one
     */
    public int encode(
            VectorizedColumnBatch vectors, int[] rows, int from, int to, EncodedRows into) {
        int count = measure(vectors, rows, from, to - from);
        into.layOut(sizes, count);
        if (cursors.length < count) {
            cursors = new int[count];
        }
        for (int i = 0; i < count; i++) {
            cursors[i] = into.starts()[i] + fixedSize;
        }
        RowBlock block = new RowBlock(into.bytes(), into.starts(), cursors, rows, from, count);
        for (int i = 0; i < columns.length; i++) {
            columns[i].writeColumn(vectors.columns[i], block, i, nullBytes + 8 * i);
        }
        return count;
    }

    private int measure(VectorizedColumnBatch vectors, int[] rows, int from, int count) {
        if (sizes.length < count) {
            sizes = new int[count];
        }
        Arrays.fill(sizes, 0, count, fixedSize);
        for (int i = 0; i < columns.length; i++) {
            ColumnVector vector = vectors.columns[i];
            columns[i].addSizes(vector, rows, from, count, sizes);
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += sizes[i];
            if (total > limit && i > 0) {
                return i;
            }
        }
        return count;
    }
}
