package io.millrace.delta.write;

import io.delta.kernel.expressions.Literal;
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
import java.math.BigInteger;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** Least and greatest values of a column as Delta statistics have them. */
final class StatisticsValue {

    /** Characters of a string that statistics keep; what Spark keeps. */
    static final int STRING_PREFIX = 32;

    private static final int ASCII_MAX = 0x7f;

    private StatisticsValue() {}

    record Bounds(Literal min, Literal max) {}

    /**
     * Bounds of a column with at least one value; none for types without an order that readers
     * agree on (boolean, binary, arrays, maps) and where a NaN is among the values.
     */
    static Optional<Bounds> bounds(DataType type, Statistics<?> statistics) {
        Object min = statistics.genericGetMin();
        Object max = statistics.genericGetMax();
        if (min == null || max == null) {
            return Optional.empty();
        }
        if (type instanceof StringType) {
            return Optional.of(
                    new Bounds(
                            Literal.ofString(truncateMin(((Binary) min).toStringUsingUTF8())),
                            Literal.ofString(truncateMax(((Binary) max).toStringUsingUTF8()))));
        }
        if (isNaN(min) || isNaN(max)) {
            return Optional.empty();
        }
        Literal least = literal(type, min);
        return least == null
                ? Optional.empty()
                : Optional.of(new Bounds(least, literal(type, max)));
    }

    private static boolean isNaN(Object value) {
        return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
    }

    private static Literal literal(DataType type, Object value) {
        if (type instanceof DecimalType decimal) {
            BigInteger unscaled =
                    value instanceof Binary bytes
                            ? new BigInteger(bytes.getBytes())
                            : BigInteger.valueOf(((Number) value).longValue());
            return Literal.ofDecimal(
                    new BigDecimal(unscaled, decimal.getScale()),
                    decimal.getPrecision(),
                    decimal.getScale());
        }
        if (!(value instanceof Number number)) {
            return null;
        }
        if (type instanceof IntegerType) {
            return Literal.ofInt(number.intValue());
        } else if (type instanceof LongType) {
            return Literal.ofLong(number.longValue());
        } else if (type instanceof ShortType) {
            return Literal.ofShort(number.shortValue());
        } else if (type instanceof ByteType) {
            return Literal.ofByte(number.byteValue());
        } else if (type instanceof DoubleType) {
            return Literal.ofDouble(number.doubleValue());
        } else if (type instanceof FloatType) {
            return Literal.ofFloat(number.floatValue());
        } else if (type instanceof DateType) {
            return Literal.ofDate(number.intValue());
        } else if (type instanceof TimestampType) {
            return Literal.ofTimestamp(number.longValue());
        } else if (type instanceof TimestampNTZType) {
            return Literal.ofTimestampNtz(number.longValue());
        }
        return null;
    }

    /** A prefix, which is not greater than the string. */
    static String truncateMin(String value) {
        return value.codePointCount(0, value.length()) <= STRING_PREFIX
                ? value
                : value.substring(0, value.offsetByCodePoints(0, STRING_PREFIX));
    }

    /**
     * A prefix and a character that makes it greater than the string; the whole string if short.
     */
    static String truncateMax(String value) {
        if (value.codePointCount(0, value.length()) <= STRING_PREFIX) {
            return value;
        }
        int end = value.offsetByCodePoints(0, STRING_PREFIX);
        while (end < value.length() && value.codePointAt(end) == Character.MAX_CODE_POINT) {
            end = value.offsetByCodePoints(end, 1);
        }
        if (end == value.length()) {
            return value;
        }
        int greater = value.codePointAt(end) < ASCII_MAX ? ASCII_MAX : Character.MAX_CODE_POINT;
        return value.substring(0, end) + Character.toString(greater);
    }
}
