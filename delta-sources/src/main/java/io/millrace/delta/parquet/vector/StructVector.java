package io.millrace.delta.parquet.vector;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/** Rows: the value at a position has the fields' values at that position. */
@Internal
public final class StructVector extends DecodedVector implements RowColumnVector {

    private final VectorizedColumnBatch fields;

    public StructVector(int capacity, ColumnVector[] fields) {
        super(capacity);
        this.fields = new VectorizedColumnBatch(fields);
    }

    public ColumnVector field(int index) {
        return fields.columns[index];
    }

    public int fieldCount() {
        return fields.getArity();
    }

    @Override
    public ColumnarRowData getRow(int i) {
        return new ColumnarRowData(fields, i);
    }

    @Override
    protected void grow(int capacity) {}

    @Override
    protected void spreadPresent(int from, int to) {
        throw new UnsupportedOperationException("rows are assembled in place");
    }

    @Override
    public void gather(DecodedVector dictionary, int[] ids, int at, int count) {
        throw new UnsupportedOperationException("rows have no dictionary");
    }
}
