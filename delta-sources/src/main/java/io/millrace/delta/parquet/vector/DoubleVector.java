package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;

/** 64-bit floating point numbers. */
@Internal
public final class DoubleVector extends DecodedVector implements DoubleColumnVector {

    private double[] values;

    public DoubleVector(int capacity) {
        super(capacity);
        this.values = new double[capacity];
    }

    public double[] values() {
        return values;
    }

    @Override
    public double getDouble(int i) {
        return values[i];
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
        double[] from = ((DoubleVector) dictionary).values;
        double[] to = values;
        for (int i = 0; i < count; i++) {
            to[at + i] = from[ids[i]];
        }
    }
}
