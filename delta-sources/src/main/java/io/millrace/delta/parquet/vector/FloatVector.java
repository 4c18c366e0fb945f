package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;

/** 32-bit floating point numbers; readable as doubles too. */
@Internal
public final class FloatVector extends DecodedVector
        implements FloatColumnVector, DoubleColumnVector {

    private float[] values;

    public FloatVector(int capacity) {
        super(capacity);
        this.values = new float[capacity];
    }

    public float[] values() {
        return values;
    }

    @Override
    public float getFloat(int i) {
        return values[i];
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
        float[] from = ((FloatVector) dictionary).values;
        float[] to = values;
        for (int i = 0; i < count; i++) {
            to[at + i] = from[ids[i]];
        }
    }
}
