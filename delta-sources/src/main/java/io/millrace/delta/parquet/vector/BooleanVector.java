package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;

/** Truth values. */
@Internal
public final class BooleanVector extends DecodedVector implements BooleanColumnVector {

    private boolean[] values;

    public BooleanVector(int capacity) {
        super(capacity);
        this.values = new boolean[capacity];
    }

    public boolean[] values() {
        return values;
    }

    @Override
    public boolean getBoolean(int i) {
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
        boolean[] from = ((BooleanVector) dictionary).values;
        boolean[] to = values;
        for (int i = 0; i < count; i++) {
            to[at + i] = from[ids[i]];
        }
    }
}
