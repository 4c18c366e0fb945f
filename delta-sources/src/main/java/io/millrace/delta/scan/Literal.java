package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A constant that a column is compared with; never null, never NaN.
 *
 * @param type of the value: that of the column it is compared with, or one that holds all values of
 *     it
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

    @Override
    public String toString() {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> "'" + value.toString().replace("'", "''") + "'";
            case DATE -> "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    "TIMESTAMP '" + LocalDateTime.ofInstant(instant(), ZoneOffset.UTC) + "'";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP_LTZ '" + instant() + "'";
            default -> value.toString();
        };
    }

    private Instant instant() {
        return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
    }
}
