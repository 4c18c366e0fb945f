package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DataType;
import io.millrace.delta.parquet.PartitionValueException;
import io.millrace.delta.parquet.PartitionValues;
import io.millrace.delta.types.DeltaTypes;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * A column that a table is partitioned by, whose values in the log can be compared with values of a
 * query.
 *
 * @param physicalName name among the partition values of files
 * @param type of the values
 */
@Internal
public record PartitionColumn(String physicalName, LogicalType type) implements Serializable {

    public PartitionColumn {
        requireNonNull(physicalName, "physicalName is null");
        requireNonNull(type, "type is null");
    }

    /**
     * A partition column that two equal values are the same value of: not so with floating-point
     * numbers (zeros), nor with times whose zone the log does not say.
     */
    static Optional<PartitionColumn> of(ScanColumn column) {
        if (!column.partition()) {
            return Optional.empty();
        }
        LogicalType type = DeltaTypes.toLogicalType(column.type(), true);
        return switch (type.getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    DATE,
                    VARCHAR,
                    TIMESTAMP_WITHOUT_TIME_ZONE ->
                    Optional.of(new PartitionColumn(column.physicalPath().get(0), type));
            default -> Optional.empty();
        };
    }

    /** Whether values of {@code other} are equal to values of this column where SQL says so. */
    public boolean compares(LogicalType other) {
        return type.copy(true).equals(other.copy(true))
                || (type.is(LogicalTypeFamily.CHARACTER_STRING)
                        && other.is(LogicalTypeFamily.CHARACTER_STRING));
    }

    /**
     * The value of a file in Flink's internal form.
     *
     * @return absent where the file does not say it, or says what cannot be read; within that,
     *     absent for null
     */
    public Optional<Optional<Object>> valueOf(Map<String, String> partitionValues) {
        if (!partitionValues.containsKey(physicalName)) {
            return Optional.empty();
        }
        try {
            DataType stored = DeltaTypes.toStructType(RowType.of(type)).at(0).getDataType();
            return Optional.of(
                    Optional.ofNullable(
                            PartitionValues.parse(stored, partitionValues.get(physicalName))));
        } catch (PartitionValueException e) {
            // Left to the reader, which says so.
            return Optional.empty();
        }
    }
}
