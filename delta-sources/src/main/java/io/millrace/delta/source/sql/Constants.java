package io.millrace.delta.source.sql;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicate.Comparison;
import io.millrace.delta.scan.Predicate.Operator;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Comparisons of columns with Flink's constants, which may be of another type than the column. Only
 * those that mean the same in the column's type.
 */
final class Constants {

    /** Integers up to these are exact in the type. */
    private static final BigDecimal EXACT_IN_FLOAT = BigDecimal.valueOf(1L << 24);

    private static final BigDecimal EXACT_IN_DOUBLE = BigDecimal.valueOf(1L << 53);

    private static final int EXACT_DIGITS_IN_DOUBLE = 15;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final int NANOS_PER_MICRO = 1000;

    private Constants() {}

    static Predicate isBoolean(FieldPath field, boolean value) {
        return new Comparison(field, Operator.EQUAL, new Literal(new BooleanType(false), value));
    }

    /** Empty where the comparison cannot be said, or is with null. */
    static Optional<Predicate> compare(
            FieldPath field, LogicalType type, Operator operator, ValueLiteralExpression constant) {
        LogicalType given = constant.getOutputDataType().getLogicalType();
        if (constant.isNull()) {
            return Optional.empty();
        }
        try {
            return switch (type.getTypeRoot()) {
                case BOOLEAN, DATE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                        given.getTypeRoot() == type.getTypeRoot()
                                ? sameType(type, constant).map(v -> of(field, operator, type, v))
                                : Optional.empty();
                case CHAR, VARCHAR ->
                        given.is(LogicalTypeFamily.CHARACTER_STRING)
                                ? constant.getValueAs(String.class)
                                        .map(v -> of(field, operator, type, v))
                                : Optional.empty();
                case TINYINT, SMALLINT, INTEGER, BIGINT ->
                        exact(given, constant).flatMap(v -> integer(field, type, operator, v));
                case DECIMAL -> exact(given, constant).map(v -> of(field, operator, decimal(v), v));
                case FLOAT, DOUBLE -> floating(field, type, operator, given, constant);
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Predicate of(
            FieldPath field, Operator operator, LogicalType type, Serializable value) {
        return new Comparison(field, operator, new Literal(type.copy(false), value));
    }

    private static Optional<Serializable> sameType(
            LogicalType type, ValueLiteralExpression constant) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> constant.getValueAs(Boolean.class).map(Serializable.class::cast);
            case DATE ->
                    constant.getValueAs(LocalDate.class)
                            .map(date -> Math.toIntExact(date.toEpochDay()));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    constant.getValueAs(LocalDateTime.class)
                            .flatMap(time -> micros(time.toInstant(ZoneOffset.UTC)));
            default -> constant.getValueAs(Instant.class).flatMap(Constants::micros);
        };
    }

    private static Optional<Serializable> micros(Instant instant) {
        if (instant.getNano() % NANOS_PER_MICRO != 0) {
            return Optional.empty();
        }
        return Optional.of(
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                        instant.getNano() / NANOS_PER_MICRO));
    }

    private static Optional<BigDecimal> exact(LogicalType given, ValueLiteralExpression constant) {
        return given.is(LogicalTypeFamily.EXACT_NUMERIC)
                ? constant.getValueAs(BigDecimal.class)
                : Optional.empty();
    }

    private static LogicalType decimal(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision() - value.scale() + scale, Math.max(1, scale));
        return new org.apache.flink.table.types.logical.DecimalType(
                Math.min(precision, 38), Math.min(scale, 38));
    }

    /** Between two integers there is none: {@code x < 5.5} is {@code x <= 5}. */
    private static Optional<Predicate> integer(
            FieldPath field, LogicalType type, Operator operator, BigDecimal value) {
        BigDecimal floor = value.setScale(0, RoundingMode.FLOOR);
        boolean whole = floor.compareTo(value) == 0;
        Operator adjusted =
                whole
                        ? operator
                        : switch (operator) {
                            case LESS, LESS_OR_EQUAL -> Operator.LESS_OR_EQUAL;
                            case GREATER, GREATER_OR_EQUAL -> Operator.GREATER;
                            case EQUAL, NOT_EQUAL -> operator;
                        };
        if (!whole && (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL)) {
            return Optional.empty();
        }
        Serializable content =
                switch (type.getTypeRoot()) {
                    case TINYINT -> floor.byteValueExact();
                    case SMALLINT -> floor.shortValueExact();
                    case INTEGER -> floor.intValueExact();
                    default -> floor.longValueExact();
                };
        return Optional.of(of(field, adjusted, type, content));
    }

    /**
     * A comparison with a decimal orders NaN above all numbers, one with a binary number does not
     * order it at all; statistics do not speak of it.
     */
    private static Optional<Predicate> floating(
            FieldPath field,
            LogicalType type,
            Operator operator,
            LogicalType given,
            ValueLiteralExpression constant) {
        double value;
        if (given.is(LogicalTypeRoot.FLOAT)) {
            value = constant.getValueAs(Float.class).map(Float::doubleValue).orElse(Double.NaN);
        } else if (given.is(LogicalTypeRoot.DOUBLE)) {
            value = constant.getValueAs(Double.class).orElse(Double.NaN);
        } else if (given.is(LogicalTypeRoot.DECIMAL)) {
            BigDecimal decimal = constant.getValueAs(BigDecimal.class).orElseThrow();
            boolean below =
                    operator == Operator.LESS
                            || operator == Operator.LESS_OR_EQUAL
                            || operator == Operator.EQUAL;
            value =
                    below && decimal.precision() <= EXACT_DIGITS_IN_DOUBLE
                            ? decimal.doubleValue()
                            : Double.NaN;
        } else {
            BigDecimal exact = type.is(LogicalTypeRoot.FLOAT) ? EXACT_IN_FLOAT : EXACT_IN_DOUBLE;
            value =
                    exact(given, constant)
                            .filter(integer -> integer.abs().compareTo(exact) <= 0)
                            .map(BigDecimal::doubleValue)
                            .orElse(Double.NaN);
        }
        return Double.isNaN(value)
                ? Optional.empty()
                : Optional.of(of(field, operator, new DoubleType(false), value));
    }
}
