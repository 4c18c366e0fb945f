package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import org.apache.flink.annotation.Internal;

/**
 * Which rows of a file are read.
 *
 * @param bytes row groups with their midpoint outside of it are left out
 * @param firstPosition rows before it are left out
 * @param filter row groups and pages without rows that it holds for may be left out
 */
@Internal
public record ReadRange(ByteRange bytes, long firstPosition, Predicate filter) {

    /** The whole file. */
    public static final ReadRange ALL = new ReadRange(ByteRange.ALL, 0, Predicate.TRUE);

    public ReadRange {
        requireNonNull(bytes, "bytes is null");
        requireNonNull(filter, "filter is null");
    }

    public static ReadRange startingAt(long position) {
        return new ReadRange(ByteRange.ALL, position, Predicate.TRUE);
    }
}
