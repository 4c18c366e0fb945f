package io.millrace.delta.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.millrace.delta.scan.ColumnFacts.Nulls;
import io.millrace.delta.scan.ColumnFacts.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Bounds in the statistics of files as values, made wider by what writers are known to cut off:
 * timestamps are written with milliseconds, long strings are shortened, large decimals may have
 * gone through a double, and years long past through another calendar.
 */
final class Bounds {

    /** Characters of a string bound that writers keep, unless told otherwise. */
    private static final int STRING_PREFIX = 32;

    /** Stands for what cannot be written, and was added to upper bounds that were cut. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final String GREATEST_CHARACTER = new String(Character.toChars(0x10FFFF));

    private static final LocalDate RELIABLE_DATES = LocalDate.of(1900, 1, 1);
    private static final int DOUBLE_DIGITS = 15;
    private static final long MILLISECOND = 1000;

    private Bounds() {}

    static ColumnFacts facts(ScanColumn column, Nulls nulls, JsonNode minimum, JsonNode maximum) {
        Optional<Value.Kind> kind = Value.kindOf(column.type());
        if (kind.isEmpty() || column.collated()) {
            return ColumnFacts.withoutBounds(nulls);
        }
        if (kind.get() == Value.Kind.STRING) {
            return strings(nulls, minimum, maximum);
        }
        return new ColumnFacts(
                nulls,
                value(column, kind.get(), minimum, false),
                value(column, kind.get(), maximum, true),
                Shape.BOUNDS);
    }

    private static ColumnFacts strings(Nulls nulls, JsonNode minimum, JsonNode maximum) {
        Optional<Value> lower = text(minimum).map(Bounds::beforeReplacement).map(Value::string);
        Optional<String> greatest = text(maximum);
        if (greatest.isEmpty()) {
            return new ColumnFacts(nulls, lower, Optional.empty(), Shape.BOUNDS);
        }
        String whole = greatest.get();
        String cut = beforeReplacement(whole);
        if (cut.endsWith(GREATEST_CHARACTER)) {
            cut = cut.substring(0, cut.length() - GREATEST_CHARACTER.length());
        }
        boolean prefix = cut.length() < whole.length();
        if (cut.codePointCount(0, cut.length()) >= STRING_PREFIX) {
            cut = cut.substring(0, cut.offsetByCodePoints(0, STRING_PREFIX));
            prefix = true;
        }
        return new ColumnFacts(
                nulls,
                lower,
                Optional.of(Value.string(cut)),
                prefix ? Shape.UPPER_PREFIX : Shape.BOUNDS);
    }

    private static String beforeReplacement(String text) {
        int at = text.indexOf(REPLACEMENT);
        return at < 0 ? text : text.substring(0, at);
    }

    private static Optional<Value> value(
            ScanColumn column, Value.Kind kind, JsonNode bound, boolean upper) {
        try {
            return switch (kind) {
                case BOOLEAN ->
                        bound.isBoolean()
                                ? Optional.of(new Value(kind, bound.booleanValue()))
                                : Optional.empty();
                case NUMBER ->
                        bound.isNumber()
                                ? Optional.of(new Value(kind, number(column.type(), bound, upper)))
                                : Optional.empty();
                case FLOATING -> floating(column, bound, upper);
                case DATE -> text(bound).map(LocalDate::parse).flatMap(Bounds::date);
                case TIMESTAMP ->
                        text(bound)
                                .map(text -> OffsetDateTime.parse(isoTime(text)))
                                .map(time -> time.withOffsetSameInstant(ZoneOffset.UTC))
                                .flatMap(time -> micros(kind, time.toLocalDateTime(), upper));
                case TIMESTAMP_NTZ ->
                        text(bound)
                                .map(Bounds::localDateTime)
                                .flatMap(time -> micros(kind, time, upper));
                case STRING -> throw new IllegalArgumentException("strings have prefixes");
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static BigDecimal number(DataType type, JsonNode bound, boolean upper) {
        BigDecimal value = bound.decimalValue();
        boolean mayBeRounded =
                type instanceof DecimalType decimal && decimal.getPrecision() > DOUBLE_DIGITS;
        if (!mayBeRounded) {
            return value;
        }
        BigDecimal slack =
                value.abs().scaleByPowerOfTen(1 - DOUBLE_DIGITS).round(MathContext.DECIMAL64);
        return upper ? value.add(slack) : value.subtract(slack);
    }

    private static Optional<Value> floating(ScanColumn column, JsonNode bound, boolean upper) {
        if (!bound.isNumber() && !bound.isTextual()) {
            return Optional.empty();
        }
        String text = bound.asText();
        if (column.type() instanceof DoubleType && !column.retyped()) {
            return Value.floating(Double.parseDouble(text));
        }
        // A float is written with few digits, and stands between its neighbours.
        float value = Float.parseFloat(text);
        if (column.type() instanceof DoubleType) {
            double exact = Double.parseDouble(text);
            return Value.floating(
                    upper
                            ? Math.max(exact, Math.nextUp(value))
                            : Math.min(exact, Math.nextDown(value)));
        }
        return Value.floating(value);
    }

    private static Optional<Value> date(LocalDate date) {
        return date.isBefore(RELIABLE_DATES)
                ? Optional.empty()
                : Optional.of(new Value(Value.Kind.DATE, date.toEpochDay()));
    }

    private static Optional<Value> micros(Value.Kind kind, LocalDateTime time, boolean upper) {
        if (time.toLocalDate().isBefore(RELIABLE_DATES)) {
            return Optional.empty();
        }
        long micros = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
        if (upper) {
            return Optional.of(new Value(kind, Math.addExact(micros, MILLISECOND)));
        }
        // Before the epoch some cut towards it.
        return Optional.of(new Value(kind, micros < 0 ? micros - MILLISECOND : micros));
    }

    /** A column of dates may have become one of timestamps. */
    private static LocalDateTime localDateTime(String text) {
        return text.length() <= "2000-01-01".length()
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(isoTime(text));
    }

    private static String isoTime(String text) {
        return text.replace(' ', 'T');
    }
}
