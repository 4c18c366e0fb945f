package io.millrace.delta.scan;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/**
 * A vector of any type that has casts and defaults. Integers, booleans and dates are a {@code
 * long}, floating-point numbers a {@code double}, the others objects: {@link Bytes}, {@link
 * DecimalData}, {@link TimestampData}.
 */
abstract class AlignedVector
        implements BooleanColumnVector,
                ByteColumnVector,
                ShortColumnVector,
                IntColumnVector,
                LongColumnVector,
                FloatColumnVector,
                DoubleColumnVector,
                BytesColumnVector,
                DecimalColumnVector,
                TimestampColumnVector {

    abstract long number(int row);

    abstract double floating(int row);

    abstract Object object(int row);

    @Override
    public final boolean getBoolean(int row) {
        return number(row) != 0;
    }

    @Override
    public final byte getByte(int row) {
        return (byte) number(row);
    }

    @Override
    public final short getShort(int row) {
        return (short) number(row);
    }

    @Override
    public final int getInt(int row) {
        return (int) number(row);
    }

    @Override
    public final long getLong(int row) {
        return number(row);
    }

    @Override
    public final float getFloat(int row) {
        return (float) floating(row);
    }

    @Override
    public final double getDouble(int row) {
        return floating(row);
    }

    @Override
    public final Bytes getBytes(int row) {
        return (Bytes) object(row);
    }

    @Override
    public final DecimalData getDecimal(int row, int precision, int scale) {
        return (DecimalData) object(row);
    }

    @Override
    public final TimestampData getTimestamp(int row, int precision) {
        return (TimestampData) object(row);
    }

    /** A value of Flink's internal data structures as one of the objects in a vector. */
    static Object held(Object value) {
        if (value instanceof StringData text) {
            return bytes(text.toBytes());
        } else if (value instanceof String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        return value;
    }

    static long numberOf(Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
    }

    private static Bytes bytes(byte[] bytes) {
        return new Bytes(bytes, 0, bytes.length);
    }
}
