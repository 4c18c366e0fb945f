package io.millrace.delta.parquet.vector;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.types.variant.BinaryVariant;
import org.apache.flink.types.variant.Variant;

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

    /** A struct of value and metadata is what a variant is stored as. */
    @Override
    public Variant getVariant(int i) {
        ColumnarRowData parts = getRow(i);
        return new BinaryVariant(parts.getBinary(0), parts.getBinary(1));
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
