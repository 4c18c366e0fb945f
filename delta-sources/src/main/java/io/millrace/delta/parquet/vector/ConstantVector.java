package io.millrace.delta.parquet.vector;

import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ArrayColumnVector;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.MapColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/** The same value at every position: a partition value, or null where a file lacks a column. */
@Internal
public final class ConstantVector
        implements BooleanColumnVector,
                ByteColumnVector,
                ShortColumnVector,
                IntColumnVector,
                LongColumnVector,
                FloatColumnVector,
                DoubleColumnVector,
                BytesColumnVector,
                DecimalColumnVector,
                TimestampColumnVector,
                ArrayColumnVector,
                MapColumnVector,
                RowColumnVector {

    private final Object value;
    private final Bytes bytes;

    private ConstantVector(Object value) {
        this.value = value;
        this.bytes = bytesOf(value);
    }

    public static ConstantVector ofNull() {
        return new ConstantVector(null);
    }

    /**
     * @param value in Flink's internal format of an atomic type; empty is null
     */
    public static ConstantVector of(Optional<Object> value) {
        return new ConstantVector(value.orElse(null));
    }

    private static Bytes bytesOf(Object value) {
        byte[] data = new byte[0];
        if (value instanceof StringData string) {
            data = string.toBytes();
        } else if (value instanceof byte[] binary) {
            data = binary;
        }
        return new Bytes(data, 0, data.length);
    }

    /** The value in Flink's internal format, empty for null. */
    public Optional<Object> value() {
        return Optional.ofNullable(value);
    }

    @Override
    public boolean isNullAt(int i) {
        return value == null;
    }

    @Override
    public boolean getBoolean(int i) {
        return (Boolean) value;
    }

    @Override
    public byte getByte(int i) {
        return ((Number) value).byteValue();
    }

    @Override
    public short getShort(int i) {
        return ((Number) value).shortValue();
    }

    @Override
    public int getInt(int i) {
        return ((Number) value).intValue();
    }

    @Override
    public long getLong(int i) {
        return ((Number) value).longValue();
    }

    @Override
    public float getFloat(int i) {
        return ((Number) value).floatValue();
    }

    @Override
    public double getDouble(int i) {
        return ((Number) value).doubleValue();
    }

    @Override
    public Bytes getBytes(int i) {
        return bytes;
    }

    @Override
    public DecimalData getDecimal(int i, int precision, int scale) {
        return (DecimalData) value;
    }

    @Override
    public TimestampData getTimestamp(int i, int precision) {
        return (TimestampData) value;
    }

    @Override
    public ArrayData getArray(int i) {
        return (ArrayData) value;
    }

    @Override
    public MapData getMap(int i) {
        return (MapData) value;
    }

    @Override
    public ColumnarRowData getRow(int i) {
        return (ColumnarRowData) value;
    }
}
