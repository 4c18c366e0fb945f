package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/** 64-bit integers: longs, timestamps in microseconds, unscaled decimals. */
@Internal
public final class LongVector extends DecodedVector
        implements LongColumnVector, TimestampColumnVector, DecimalColumnVector {

    private final int decimalScale;
    private long[] values;

    public LongVector(int capacity) {
        this(capacity, 0);
    }

    /**
     * @param decimalScale of the values where they are unscaled decimals
     */
    public LongVector(int capacity, int decimalScale) {
        super(capacity);
        this.values = new long[capacity];
        this.decimalScale = decimalScale;
    }

    /** The scale of the values where they are unscaled decimals. */
    public int decimalScale() {
        return decimalScale;
    }

    public long[] values() {
        return values;
    }

    @Override
    public long getLong(int i) {
        return values[i];
    }

    /** A timestamp of {@code values[i]} microseconds since the epoch. */
    @Override
    public TimestampData getTimestamp(int i, int precision) {
        long millis = Math.floorDiv(values[i], 1000L);
        return TimestampData.fromEpochMillis(millis, (int) (values[i] - millis * 1000L) * 1000);
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
        long[] from = ((LongVector) dictionary).values;
        long[] to = values;
        for (int i = 0; i < count; i++) {
            to[at + i] = from[ids[i]];
        }
    }
}
