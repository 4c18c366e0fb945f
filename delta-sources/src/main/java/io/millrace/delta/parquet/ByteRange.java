package io.millrace.delta.parquet;

import org.apache.flink.annotation.Internal;

/**
 * The part of a file that a split reads: the row groups whose midpoint lies in the range.
 *
 * @param start first byte, inclusive
 * @param end exclusive
 */
@Internal
public record ByteRange(long start, long end) {

    /** The whole file. */
    public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

    public ByteRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + " to " + end);
        }
    }

    public boolean contains(long position) {
        return start <= position && position < end;
    }
}
