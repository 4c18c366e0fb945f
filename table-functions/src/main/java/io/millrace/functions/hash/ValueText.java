package io.millrace.functions.hash;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * The text of an internal value that goes into a hash, as UTF-8.
 *
 * <p>Strings as they are; integers in decimal; booleans {@code true}/{@code false}; floating point
 * numbers by {@link FloatText}; decimals plain, with their scale; binaries in lower-case hex; dates
 * {@code 2024-02-29}, times {@code 13:05:00}, timestamps {@code 2024-02-29T13:05:00.5} (fraction as
 * far as it goes), the same with {@code Z} in UTC for local time zones; intervals as the number of
 * months or milliseconds; arrays, rows and maps by {@link NestedText}.
 */
public final class ValueText implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] FALSE = Ascii.bytes("false");

    /** How a value gets into a message, decided once: a class test for each value costs more. */
    private enum Form {
        TEXT,
        INTEGER,
        OTHER
    }

    private final LogicalType type;
    private final Form form;

    private ValueText(LogicalType type) {
        this.type = type;
        this.form =
                type.is(LogicalTypeFamily.CHARACTER_STRING)
                        ? Form.TEXT
                        : type.is(LogicalTypeFamily.INTEGER_NUMERIC) ? Form.INTEGER : Form.OTHER;
    }

    public static ValueText of(LogicalType type) {
        return new ValueText(type);
    }

    /** Whether the text is ASCII without blanks around it, whatever the value. */
    boolean isPlain() {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR, ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE -> false;
            default -> true;
        };
    }

    /** UTF-8 of the text of a value that is not null. */
    public byte[] utf8(Object value) {
        if (value instanceof StringData string) {
            return string.toBytes();
        }
        if (value instanceof Boolean bool) {
            return bool ? TRUE : FALSE;
        }
        return text(value, type).getBytes(StandardCharsets.UTF_8);
    }

    /** Appends the same to a message; texts and integers are not made into objects first. */
    void feed(StableHasher hasher, Object value) {
        switch (form) {
            case TEXT -> hasher.update((StringData) value);
            case INTEGER -> hasher.updateDecimal(((Number) value).longValue());
            default -> hasher.update(utf8(value));
        }
    }

    static String text(Object value, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR,
                    VARCHAR,
                    BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME ->
                    value.toString();
            case BINARY, VARBINARY -> HexFormat.of().formatHex((byte[]) value);
            case DECIMAL -> decimal(((DecimalData) value).toBigDecimal());
            case FLOAT -> FloatText.of((Float) value);
            case DOUBLE -> FloatText.of((Double) value);
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                    DateTimeFormatter.ISO_LOCAL_TIME.format(
                            LocalTime.ofNanoOfDay((Integer) value * 1_000_000L));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> local(((TimestampData) value).toLocalDateTime());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> utc(((TimestampData) value).toInstant());
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE -> NestedText.of(value, type);
            default ->
                    throw new IllegalArgumentException(
                            "values of type " + type.asSummaryString() + " have no stable text");
        };
    }

    private static String decimal(BigDecimal value) {
        return value.toPlainString();
    }

    private static String local(LocalDateTime value) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value);
    }

    private static String utc(Instant value) {
        return local(LocalDateTime.ofInstant(value, ZoneOffset.UTC)) + 'Z';
    }
}
