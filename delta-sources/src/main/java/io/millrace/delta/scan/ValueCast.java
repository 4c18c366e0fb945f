package io.millrace.delta.scan;

import static org.apache.flink.table.types.logical.LogicalTypeRoot.DATE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.TimeZone;
import java.util.function.LongFunction;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.utils.DateTimeUtils;

/**
 * Casts values of Flink's internal data structures, as SQL's TRY_CAST does: what has no counterpart
 * becomes null, and numbers out of range are such. Zones, where one is needed, are UTC, so that the
 * result does not depend on a session.
 */
@FunctionalInterface
interface ValueCast {

    int MICROSECONDS = 6;

    TimeZone UTC = TimeZone.getTimeZone("UTC");

    /**
     * @param value not null
     * @return the value of the other type, or null where it has none
     */
    Object apply(Object value);

    /** The cast, which {@link ColumnCasts} says there is. */
    static ValueCast between(LogicalType from, LogicalType to) {
        if (ColumnCasts.isSame(from, to)) {
            return value -> value;
        }
        return switch (to.getTypeRoot()) {
            case TINYINT -> integers(Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n);
            case SMALLINT -> integers(Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n);
            case INTEGER -> integers(Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n);
            case BIGINT -> integers(Long.MIN_VALUE, Long.MAX_VALUE, n -> n);
            case FLOAT -> tried(value -> (float) doubleOf(value));
            case DOUBLE -> tried(ValueCast::doubleOf);
            case DECIMAL -> decimals((DecimalType) to);
            case BOOLEAN ->
                    tried(value -> BinaryStringDataUtil.toBoolean((BinaryStringData) value));
            case VARCHAR -> value -> StringData.fromString(text(from, value));
            case VARBINARY -> value -> ((StringData) value).toBytes();
            case DATE -> tried(value -> date(value));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    tried(value -> timestamp(from.getTypeRoot(), value));
            default -> throw new IllegalArgumentException("no cast from " + from + " to " + to);
        };
    }

    private static ValueCast tried(ValueCast cast) {
        return value -> {
            try {
                return cast.apply(value);
            } catch (NumberFormatException | DateTimeException | TableException e) {
                return null;
            }
        };
    }

    private static ValueCast integers(long least, long most, LongFunction<Object> narrow) {
        BigDecimal min = BigDecimal.valueOf(least);
        BigDecimal max = BigDecimal.valueOf(most);
        return tried(
                value -> {
                    BigDecimal whole = number(value).setScale(0, RoundingMode.DOWN);
                    boolean fits = whole.compareTo(min) >= 0 && whole.compareTo(max) <= 0;
                    return fits ? narrow.apply(whole.longValue()) : null;
                });
    }

    private static ValueCast decimals(DecimalType to) {
        return tried(
                value ->
                        DecimalData.fromBigDecimal(
                                number(value), to.getPrecision(), to.getScale()));
    }

    /**
     * @throws NumberFormatException where it is none: text of another kind, NaN, infinity
     */
    private static BigDecimal number(Object value) {
        if (value instanceof DecimalData decimal) {
            return decimal.toBigDecimal();
        } else if (value instanceof Double || value instanceof Float) {
            // By its shortest text, so that 0.1 is 0.1.
            return new BigDecimal(value.toString());
        } else if (value instanceof Number integer) {
            return BigDecimal.valueOf(integer.longValue());
        }
        return new BigDecimal(value.toString().trim());
    }

    private static double doubleOf(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof DecimalData decimal) {
            return decimal.toBigDecimal().doubleValue();
        }
        return Double.parseDouble(value.toString().trim());
    }

    private static String text(LogicalType from, Object value) {
        return switch (from.getTypeRoot()) {
            case BOOLEAN -> (boolean) value ? "TRUE" : "FALSE";
            case DATE -> DateTimeUtils.formatDate((int) value);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    DateTimeUtils.formatTimestamp((TimestampData) value, UTC, MICROSECONDS);
            case BINARY, VARBINARY -> new String((byte[]) value, StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }

    private static int date(Object value) {
        if (value instanceof TimestampData timestamp) {
            return Math.toIntExact(
                    Math.floorDiv(timestamp.getMillisecond(), DateTimeUtils.MILLIS_PER_DAY));
        }
        return BinaryStringDataUtil.toDate((BinaryStringData) value);
    }

    private static TimestampData timestamp(LogicalTypeRoot from, Object value) {
        if (from == DATE) {
            return TimestampData.fromEpochMillis((int) value * DateTimeUtils.MILLIS_PER_DAY);
        } else if (value instanceof TimestampData timestamp) {
            return timestamp;
        }
        return BinaryStringDataUtil.toTimestamp((BinaryStringData) value, MICROSECONDS, UTC);
    }
}
