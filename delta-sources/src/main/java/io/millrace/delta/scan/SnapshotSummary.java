package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What the log says of the rows of one version that a predicate leaves.
 *
 * @param version of the table
 * @param filesKept files that may have such rows
 * @param filesAll files of the version
 * @param bytes of the files kept
 * @param rows of the files kept that are not deleted; absent where a file does not say
 * @param decided whether all rows of the files kept satisfy the predicate
 * @param columns what is known of columns, by name
 */
@Internal
public record SnapshotSummary(
        long version,
        long filesKept,
        long filesAll,
        long bytes,
        OptionalLong rows,
        boolean decided,
        Map<String, Column> columns) {

    public SnapshotSummary {
        requireNonNull(rows, "rows is null");
        columns = Map.copyOf(columns);
    }

    /**
     * A column in the rows that are not deleted.
     *
     * @param nulls how many values are null; absent where a file does not say it exactly
     * @param minimum no value is less; absent where a file does not say, and without values
     * @param maximum no value is greater
     * @param exact whether the bounds are values of the column, or there are no values
     */
    public record Column(
            OptionalLong nulls, Optional<Value> minimum, Optional<Value> maximum, boolean exact) {

        public Column {
            requireNonNull(nulls, "nulls is null");
            requireNonNull(minimum, "minimum is null");
            requireNonNull(maximum, "maximum is null");
        }

        /** The least value in Flink's internal form, of a column of {@code type}. */
        public Optional<Object> minimum(LogicalType type) {
            return minimum.map(value -> value.toInternal(type));
        }

        /** The greatest value in Flink's internal form, of a column of {@code type}. */
        public Optional<Object> maximum(LogicalType type) {
            return maximum.map(value -> value.toInternal(type));
        }
    }
}
