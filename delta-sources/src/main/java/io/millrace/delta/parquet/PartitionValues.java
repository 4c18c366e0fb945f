package io.millrace.delta.parquet;

import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Reads serialized partition values (Delta protocol, "Partition Value Serialization"). */
@Internal
public final class PartitionValues {

    private static final DateTimeFormatter DATE_TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter();

    private PartitionValues() {}

    /**
     * The value as Flink's internal data structure; null for null and for the empty string.
     *
     * @throws PartitionValueException if {@code value} is not a value of {@code type}
     */
    public static Object parse(DataType type, String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return parsePresent(type, value);
        } catch (RuntimeException e) {
            throw new PartitionValueException(
                    "'" + value + "' is not a partition value of type " + type, e);
        }
    }

    private static Object parsePresent(DataType type, String value) {
        if (type instanceof StringType) {
            return StringData.fromString(value);
        } else if (type instanceof IntegerType) {
            return Integer.valueOf(value);
        } else if (type instanceof LongType) {
            return Long.valueOf(value);
        } else if (type instanceof ShortType) {
            return Short.valueOf(value);
        } else if (type instanceof ByteType) {
            return Byte.valueOf(value);
        } else if (type instanceof BooleanType) {
            return bool(value);
        } else if (type instanceof DoubleType) {
            return Double.valueOf(value);
        } else if (type instanceof FloatType) {
            return Float.valueOf(value);
        } else if (type instanceof DecimalType decimal) {
            return decimal(new BigDecimal(value), decimal);
        } else if (type instanceof DateType) {
            return (int) LocalDate.parse(value).toEpochDay();
        } else if (type instanceof TimestampNTZType) {
            return TimestampData.fromLocalDateTime(LocalDateTime.parse(value, DATE_TIME));
        } else if (type instanceof TimestampType) {
            return TimestampData.fromInstant(instant(value));
        } else if (type instanceof BinaryType) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("columns of type " + type + " cannot be partitioned by");
    }

    private static Boolean bool(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** Neither rounded nor, where it has too many digits, null. */
    private static DecimalData decimal(BigDecimal value, DecimalType type) {
        BigDecimal scaled = value.setScale(type.getScale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.getPrecision()) {
            throw new IllegalArgumentException("more digits than the type has");
        }
        return DecimalData.fromBigDecimal(scaled, type.getPrecision(), type.getScale());
    }

    /** Written in UTC (ISO 8601), or without a zone, which then is the zone of this machine. */
    private static Instant instant(String value) {
        return value.indexOf('T') > 0
                ? Instant.parse(value)
                : LocalDateTime.parse(value, DATE_TIME).atZone(ZoneId.systemDefault()).toInstant();
    }
}
