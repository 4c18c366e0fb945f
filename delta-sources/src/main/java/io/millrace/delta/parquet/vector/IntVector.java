package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/** 32-bit integers: bytes, shorts, ints and dates; readable as the wider types too. */
@Internal
public final class IntVector extends DecodedVector
        implements ByteColumnVector,
                ShortColumnVector,
                IntColumnVector,
                LongColumnVector,
                DoubleColumnVector,
                TimestampColumnVector,
                DecimalColumnVector {

    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final int decimalScale;
    private int[] values;

    public IntVector(int capacity) {
        this(capacity, 0);
    }

    /**
     * @param decimalScale of the values where they are unscaled decimals
     */
    public IntVector(int capacity, int decimalScale) {
        super(capacity);
        this.values = new int[capacity];
        this.decimalScale = decimalScale;
    }

    /** The scale of the values where they are unscaled decimals. */
    public int decimalScale() {
        return decimalScale;
    }

    public int[] values() {
        return values;
    }

    @Override
    public byte getByte(int i) {
        return (byte) values[i];
    }

    @Override
    public short getShort(int i) {
        return (short) values[i];
    }

    @Override
    public int getInt(int i) {
        return values[i];
    }

    @Override
    public long getLong(int i) {
        return values[i];
    }

    @Override
    public double getDouble(int i) {
        return values[i];
    }

    /** The day {@code values[i]} since the epoch at midnight, without a time zone. */
    @Override
    public TimestampData getTimestamp(int i, int precision) {
        return TimestampData.fromEpochMillis(values[i] * MILLIS_PER_DAY);
    }

    @Override
    public DecimalData getDecimal(int i, int precision, int scale) {
        return Unscaled.decimal(values[i], decimalScale, precision, scale);
    }

    @Override
    protected void grow(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    protected void spreadPresent(int from, int to) {
        boolean[] nulls = nulls();
        int source = from;
        for (int i = to; source >= 0 && source < i; i--) {
            if (!nulls[i]) {
                values[i] = values[source--];
            }
        }
    }

    @Override
    public void gather(DecodedVector dictionary, int[] ids, int at, int count) {
        int[] from = ((IntVector) dictionary).values;
        int[] to = values;
        for (int i = 0; i < count; i++) {
            to[at + i] = from[ids[i]];
        }
    }
}
