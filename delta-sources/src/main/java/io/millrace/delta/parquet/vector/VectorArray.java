package io.millrace.delta.parquet.vector;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.bitmap.Bitmap;
import org.apache.flink.types.variant.Variant;

/** An array that is a part of a vector, not copied. */
final class VectorArray implements ArrayData {

    private final FieldVector elements;
    private final int start;
    private final int size;

    VectorArray(FieldVector elements, int start, int size) {
        this.elements = elements;
        this.start = start;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNullAt(int i) {
        return elements.isNullAt(start + i);
    }

    @Override
    public boolean getBoolean(int i) {
        return elements.getBoolean(start + i);
    }

    @Override
    public byte getByte(int i) {
        return elements.getByte(start + i);
    }

    @Override
    public short getShort(int i) {
        return elements.getShort(start + i);
    }

    @Override
    public int getInt(int i) {
        return elements.getInt(start + i);
    }

    @Override
    public long getLong(int i) {
        return elements.getLong(start + i);
    }

    @Override
    public float getFloat(int i) {
        return elements.getFloat(start + i);
    }

    @Override
    public double getDouble(int i) {
        return elements.getDouble(start + i);
    }

    @Override
    public StringData getString(int i) {
        return elements.getString(start + i);
    }

    @Override
    public DecimalData getDecimal(int i, int precision, int scale) {
        return elements.getDecimal(start + i, precision, scale);
    }

    @Override
    public TimestampData getTimestamp(int i, int precision) {
        return elements.getTimestamp(start + i, precision);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int i) {
        throw new UnsupportedOperationException("files have no raw values");
    }

    @Override
    public byte[] getBinary(int i) {
        return elements.getBinary(start + i);
    }

    @Override
    public ArrayData getArray(int i) {
        return elements.getArray(start + i);
    }

    @Override
    public MapData getMap(int i) {
        return elements.getMap(start + i);
    }

    @Override
    public RowData getRow(int i, int fields) {
        return elements.getRow(start + i);
    }

    @Override
    public Variant getVariant(int i) {
        return elements.getVariant(start + i);
    }

    @Override
    public Bitmap getBitmap(int i) {
        throw new UnsupportedOperationException("files have no bitmaps");
    }

    @Override
    public boolean[] toBooleanArray() {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = getBoolean(i);
        }
        return values;
    }

    @Override
    public byte[] toByteArray() {
        byte[] values = new byte[size];
        for (int i = 0; i < size; i++) {
            values[i] = getByte(i);
        }
        return values;
    }

    @Override
    public short[] toShortArray() {
        short[] values = new short[size];
        for (int i = 0; i < size; i++) {
            values[i] = getShort(i);
        }
        return values;
    }

    @Override
    public int[] toIntArray() {
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = getInt(i);
        }
        return values;
    }

    @Override
    public long[] toLongArray() {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = getLong(i);
        }
        return values;
    }

    @Override
    public float[] toFloatArray() {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = getFloat(i);
        }
        return values;
    }

    @Override
    public double[] toDoubleArray() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = getDouble(i);
        }
        return values;
    }
}
