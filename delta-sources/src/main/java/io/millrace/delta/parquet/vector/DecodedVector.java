package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/**
 * Values of one column, in arrays that a reader fills again for each batch.
 *
 * <p>The arrays may be replaced by longer ones while filling, so take them anew for each batch. The
 * values at null positions are undefined. Not thread-safe.
 */
@Internal
public abstract class DecodedVector extends FieldVector {

    private boolean[] nulls;
    private boolean anyNull;

    protected DecodedVector(int capacity) {
        this.nulls = new boolean[capacity];
    }

    @Override
    public final boolean isNullAt(int i) {
        return anyNull && nulls[i];
    }

    /** Whether some value may be null. */
    public final boolean hasNulls() {
        return anyNull;
    }

    /** Which values are null; all false unless {@link #hasNulls}. */
    public final boolean[] nulls() {
        return nulls;
    }

    /** Begins a batch: no value is null. */
    public void reset() {
        if (anyNull) {
            Arrays.fill(nulls, false);
            anyNull = false;
        }
    }

    public final void setNull(int at) {
        nulls[at] = true;
        anyNull = true;
    }

    /** Says that something was written into {@link #nulls}. */
    public final void markNulls() {
        anyNull = true;
    }

    /** Makes room for {@code capacity} values; those that are there stay. */
    public final void ensureCapacity(int capacity) {
        if (capacity > nulls.length) {
            int longer = Math.max(capacity, nulls.length * 2);
            nulls = Arrays.copyOf(nulls, longer);
            grow(longer);
        }
    }

    protected abstract void grow(int capacity);

    /**
     * Moves the {@code present} values that begin at {@code at} to those of the {@code total}
     * positions from there on which are not null.
     */
    public final void spread(int at, int present, int total) {
        if (present < total) {
            anyNull = true;
            if (present > 0) {
                spreadPresent(at + present - 1, at + total - 1);
            }
        }
    }

    /**
     * Goes from the last to the first position and moves each value to where it belongs.
     *
     * @param from of the last value
     * @param to the last position
     */
    protected abstract void spreadPresent(int from, int to);

    /**
     * Takes values out of a dictionary, which is a vector of the same class.
     *
     * @param ids positions in the dictionary
     * @param at where the first value goes
     */
    public abstract void gather(DecodedVector dictionary, int[] ids, int at, int count);
}
