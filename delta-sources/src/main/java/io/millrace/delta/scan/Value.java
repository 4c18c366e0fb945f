package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A value in the order of SQL. Only values of one kind compare.
 *
 * @param kind what it is
 * @param content {@code Boolean}; {@code BigDecimal} for exact numbers; {@code Double}; UTF-8 bytes
 *     of a string; {@code Long} for days or microseconds since the epoch
 */
@Internal
public record Value(Kind kind, Object content) {

    /** What a value is. */
    public enum Kind {
        BOOLEAN,
        NUMBER,
        FLOATING,
        STRING,
        DATE,
        TIMESTAMP,
        TIMESTAMP_NTZ
    }

    public Value {
        requireNonNull(kind, "kind is null");
        requireNonNull(content, "content is null");
    }

    static Value string(String text) {
        return new Value(Kind.STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The kind of the values of a column; empty where they do not compare. */
    static Optional<Kind> kindOf(DataType type) {
        if (type instanceof StringType) {
            return Optional.of(Kind.STRING);
        } else if (type instanceof LongType
                || type instanceof IntegerType
                || type instanceof ShortType
                || type instanceof ByteType
                || type instanceof DecimalType) {
            return Optional.of(Kind.NUMBER);
        } else if (type instanceof DoubleType || type instanceof FloatType) {
            return Optional.of(Kind.FLOATING);
        } else if (type instanceof DateType) {
            return Optional.of(Kind.DATE);
        } else if (type instanceof TimestampType) {
            return Optional.of(Kind.TIMESTAMP);
        } else if (type instanceof TimestampNTZType) {
            return Optional.of(Kind.TIMESTAMP_NTZ);
        } else if (type instanceof BooleanType) {
            return Optional.of(Kind.BOOLEAN);
        }
        return Optional.empty();
    }

    /** Empty where the constant is of a type that is not compared. */
    static Optional<Value> of(Literal literal) {
        Object value = literal.value();
        return switch (literal.type().getTypeRoot()) {
            case BOOLEAN -> Optional.of(new Value(Kind.BOOLEAN, value));
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    Optional.of(
                            new Value(
                                    Kind.NUMBER, BigDecimal.valueOf(((Number) value).longValue())));
            case DECIMAL -> Optional.of(new Value(Kind.NUMBER, value));
            case FLOAT, DOUBLE -> floating(((Number) value).doubleValue());
            case CHAR, VARCHAR -> Optional.of(string((String) value));
            case DATE -> Optional.of(new Value(Kind.DATE, ((Integer) value).longValue()));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> Optional.of(new Value(Kind.TIMESTAMP_NTZ, value));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(new Value(Kind.TIMESTAMP, value));
            default -> Optional.empty();
        };
    }

    /** A value in Flink's internal form, of a column of type {@code type}. */
    static Optional<Value> of(DataType type, Object internal) {
        return kindOf(type)
                .flatMap(
                        kind ->
                                switch (kind) {
                                    case BOOLEAN -> Optional.of(new Value(kind, internal));
                                    case NUMBER -> Optional.of(new Value(kind, number(internal)));
                                    case FLOATING -> floating(((Number) internal).doubleValue());
                                    case STRING ->
                                            Optional.of(
                                                    new Value(
                                                            kind,
                                                            ((StringData) internal).toBytes()));
                                    case DATE ->
                                            Optional.of(
                                                    new Value(
                                                            kind,
                                                            ((Integer) internal).longValue()));
                                    case TIMESTAMP, TIMESTAMP_NTZ ->
                                            Optional.of(
                                                    new Value(
                                                            kind,
                                                            micros((TimestampData) internal)));
                                });
    }

    /** NaN has no place in an order. */
    static Optional<Value> floating(double value) {
        return Double.isNaN(value)
                ? Optional.empty()
                : Optional.of(new Value(Kind.FLOATING, value));
    }

    private static BigDecimal number(Object internal) {
        return internal instanceof DecimalData decimal
                ? decimal.toBigDecimal()
                : BigDecimal.valueOf(((Number) internal).longValue());
    }

    static long micros(TimestampData timestamp) {
        return Math.addExact(
                Math.multiplyExact(timestamp.getMillisecond(), 1000L),
                timestamp.getNanoOfMillisecond() / 1000L);
    }

    /** How it compares with another of its kind; negative and positive zero are equal. */
    int compareWith(Value other) {
        if (kind != other.kind) {
            throw new IllegalArgumentException(kind + " does not compare with " + other.kind);
        }
        return switch (kind) {
            case BOOLEAN -> Boolean.compare((Boolean) content, (Boolean) other.content);
            case NUMBER -> ((BigDecimal) content).compareTo((BigDecimal) other.content);
            case FLOATING -> Double.compare((Double) content + 0.0, (Double) other.content + 0.0);
            case STRING -> Arrays.compareUnsigned((byte[]) content, (byte[]) other.content);
            case DATE, TIMESTAMP, TIMESTAMP_NTZ ->
                    Long.compare((Long) content, (Long) other.content);
        };
    }

    /** In Flink's internal form, as a value of {@code type}. */
    Object toInternal(LogicalType type) {
        return switch (kind) {
            case BOOLEAN -> content;
            case FLOATING ->
                    type.is(LogicalTypeRoot.FLOAT) ? ((Double) content).floatValue() : content;
            case STRING -> StringData.fromBytes((byte[]) content);
            case DATE -> Math.toIntExact((Long) content);
            case TIMESTAMP, TIMESTAMP_NTZ ->
                    TimestampData.fromEpochMillis(
                            Math.floorDiv((Long) content, 1000L),
                            (int) Math.floorMod((Long) content, 1000L) * 1000);
            case NUMBER -> {
                BigDecimal number = (BigDecimal) content;
                yield switch (type.getTypeRoot()) {
                    case TINYINT -> number.byteValueExact();
                    case SMALLINT -> number.shortValueExact();
                    case INTEGER -> number.intValueExact();
                    case BIGINT -> number.longValueExact();
                    default -> {
                        var decimal = (org.apache.flink.table.types.logical.DecimalType) type;
                        yield DecimalData.fromBigDecimal(
                                number, decimal.getPrecision(), decimal.getScale());
                    }
                };
            }
        };
    }

    /** Whether it is a string that begins with the string {@code prefix}. */
    boolean startsWith(Value prefix) {
        byte[] whole = (byte[]) content;
        byte[] start = (byte[]) prefix.content;
        return whole.length >= start.length
                && Arrays.equals(whole, 0, start.length, start, 0, start.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && kind == value.kind && compareWith(value) == 0;
    }

    @Override
    public int hashCode() {
        return kind.hashCode();
    }
}
