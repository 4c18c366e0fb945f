package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A constant that a column is compared with; never null.
 *
 * @param type of the value, which is that of the column it is compared with
 * @param value {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer} (also a date: days
 *     since the epoch), {@code Long} (also a timestamp: microseconds since the epoch, UTC or
 *     local), {@code Float}, {@code Double}, {@code BigDecimal} or {@code String}
 */
@Internal
public record Literal(LogicalType type, Serializable value) implements Serializable {

    public Literal {
        requireNonNull(type, "type is null");
        requireNonNull(value, "value is null");
    }
}
