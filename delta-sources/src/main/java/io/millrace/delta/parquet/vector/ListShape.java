package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/** Which part of its elements' vector each list of a column is. */
@Internal
public abstract class ListShape extends DecodedVector {

    private int[] starts;
    private int[] lengths;

    ListShape(int capacity) {
        super(capacity);
        this.starts = new int[capacity];
        this.lengths = new int[capacity];
    }

    /** Positions of the lists' first elements in the elements' vector. */
    public final int[] starts() {
        return starts;
    }

    /** Numbers of elements. */
    public final int[] lengths() {
        return lengths;
    }

    @Override
    protected final void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
    }

    @Override
    protected final void spreadPresent(int from, int to) {
        throw new UnsupportedOperationException("lists are assembled in place");
    }

    @Override
    public final void gather(DecodedVector dictionary, int[] ids, int at, int count) {
        throw new UnsupportedOperationException("lists have no dictionary");
    }
}
