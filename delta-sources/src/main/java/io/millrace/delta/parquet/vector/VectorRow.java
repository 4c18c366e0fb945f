package io.millrace.delta.parquet.vector;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.bitmap.Bitmap;
import org.apache.flink.types.variant.Variant;

/**
 * A row that looks at one position of its fields' vectors, nothing is copied. Moved from row to row
 * and batch to batch: whoever wants to keep a row copies it.
 */
@Internal
public final class VectorRow implements RowData {

    private FieldVector[] fields = {};
    private int at;
    private RowKind kind = RowKind.INSERT;

    /** From now on a row of these fields, which stay the caller's. */
    public void setFields(FieldVector[] vectors) {
        fields = requireNonNull(vectors, "vectors is null");
    }

    /** Goes to a position of the vectors. */
    public void moveTo(int position) {
        at = position;
    }

    @Override
    public int getArity() {
        return fields.length;
    }

    @Override
    public RowKind getRowKind() {
        return kind;
    }

    @Override
    public void setRowKind(RowKind other) {
        kind = other;
    }

    @Override
    public boolean isNullAt(int field) {
        return fields[field].isNullAt(at);
    }

    @Override
    public boolean getBoolean(int field) {
        return fields[field].getBoolean(at);
    }

    @Override
    public byte getByte(int field) {
        return fields[field].getByte(at);
    }

    @Override
    public short getShort(int field) {
        return fields[field].getShort(at);
    }

    @Override
    public int getInt(int field) {
        return fields[field].getInt(at);
    }

    @Override
    public long getLong(int field) {
        return fields[field].getLong(at);
    }

    @Override
    public float getFloat(int field) {
        return fields[field].getFloat(at);
    }

    @Override
    public double getDouble(int field) {
        return fields[field].getDouble(at);
    }

    @Override
    public StringData getString(int field) {
        return fields[field].getString(at);
    }

    @Override
    public DecimalData getDecimal(int field, int precision, int scale) {
        return fields[field].getDecimal(at, precision, scale);
    }

    @Override
    public TimestampData getTimestamp(int field, int precision) {
        return fields[field].getTimestamp(at, precision);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int field) {
        throw new UnsupportedOperationException("files have no raw values");
    }

    @Override
    public byte[] getBinary(int field) {
        return fields[field].getBinary(at);
    }

    @Override
    public ArrayData getArray(int field) {
        return fields[field].getArray(at);
    }

    @Override
    public MapData getMap(int field) {
        return fields[field].getMap(at);
    }

    @Override
    public RowData getRow(int field, int arity) {
        return fields[field].getRow(at);
    }

    @Override
    public Variant getVariant(int field) {
        return fields[field].getVariant(at);
    }

    @Override
    public Bitmap getBitmap(int field) {
        throw new UnsupportedOperationException("files have no bitmaps");
    }
}
