package io.millrace.delta.parquet.vector;

import static java.util.Objects.requireNonNull;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ArrayColumnVector;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector.Bytes;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.MapColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;
import org.apache.flink.types.variant.BinaryVariant;
import org.apache.flink.types.variant.Variant;

/** Any vector, asked by its interfaces: constants, casts, defaults. */
final class AskedVector extends FieldVector {

    private final ColumnVector vector;

    AskedVector(ColumnVector vector) {
        this.vector = requireNonNull(vector, "vector is null");
    }

    @Override
    public boolean isNullAt(int i) {
        return vector.isNullAt(i);
    }

    @Override
    public boolean getBoolean(int i) {
        return ((BooleanColumnVector) vector).getBoolean(i);
    }

    @Override
    public byte getByte(int i) {
        return ((ByteColumnVector) vector).getByte(i);
    }

    @Override
    public short getShort(int i) {
        return ((ShortColumnVector) vector).getShort(i);
    }

    @Override
    public int getInt(int i) {
        return ((IntColumnVector) vector).getInt(i);
    }

    @Override
    public long getLong(int i) {
        return ((LongColumnVector) vector).getLong(i);
    }

    @Override
    public float getFloat(int i) {
        return ((FloatColumnVector) vector).getFloat(i);
    }

    @Override
    public double getDouble(int i) {
        return ((DoubleColumnVector) vector).getDouble(i);
    }

    @Override
    public DecimalData getDecimal(int i, int precision, int scale) {
        return ((DecimalColumnVector) vector).getDecimal(i, precision, scale);
    }

    @Override
    public TimestampData getTimestamp(int i, int precision) {
        return ((TimestampColumnVector) vector).getTimestamp(i, precision);
    }

    @Override
    public StringData getString(int i) {
        Bytes bytes = ((BytesColumnVector) vector).getBytes(i);
        return StringData.fromBytes(bytes.data, bytes.offset, bytes.len);
    }

    @Override
    public byte[] getBinary(int i) {
        return ((BytesColumnVector) vector).getBytes(i).getBytes();
    }

    @Override
    public ArrayData getArray(int i) {
        return ((ArrayColumnVector) vector).getArray(i);
    }

    @Override
    public MapData getMap(int i) {
        return ((MapColumnVector) vector).getMap(i);
    }

    @Override
    public RowData getRow(int i) {
        return ((RowColumnVector) vector).getRow(i);
    }

    @Override
    public Variant getVariant(int i) {
        ColumnarRowData row = ((RowColumnVector) vector).getRow(i);
        return new BinaryVariant(row.getBinary(0), row.getBinary(1));
    }
}
