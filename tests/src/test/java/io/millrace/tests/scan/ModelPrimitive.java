package io.millrace.tests.scan;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A primitive type of a model table. Its values are objects of the class that Flink hands out for
 * it in rows.
 */
enum ModelPrimitive {
    BOOLEAN("boolean", PrimitiveTypeName.BOOLEAN),
    BYTE("byte", PrimitiveTypeName.INT32),
    SHORT("short", PrimitiveTypeName.INT32),
    INT("integer", PrimitiveTypeName.INT32),
    LONG("long", PrimitiveTypeName.INT64),
    FLOAT("float", PrimitiveTypeName.FLOAT),
    DOUBLE("double", PrimitiveTypeName.DOUBLE),
    SMALL_DECIMAL("decimal(9,2)", PrimitiveTypeName.INT32),
    DECIMAL("decimal(18,4)", PrimitiveTypeName.INT64),
    LARGE_DECIMAL("decimal(30,6)", PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY),
    STRING("string", PrimitiveTypeName.BINARY),
    BINARY("binary", PrimitiveTypeName.BINARY),
    DATE("date", PrimitiveTypeName.INT32),
    TIMESTAMP("timestamp", PrimitiveTypeName.INT64),
    TIMESTAMP_NTZ("timestamp_ntz", PrimitiveTypeName.INT64);

    /** Bytes of a decimal of 30 digits. */
    static final int LARGE_DECIMAL_BYTES = 13;

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final List<String> STRINGS =
            List.of("a", "ab", "b c", "ä%20", "it's", "x=y", "Zeta", "zz", "a/b");

    private final String delta;
    private final PrimitiveTypeName stored;

    ModelPrimitive(String delta, PrimitiveTypeName stored) {
        this.delta = delta;
        this.stored = stored;
    }

    /** The name in Delta's schema. */
    String delta() {
        return delta;
    }

    PrimitiveTypeName stored() {
        return stored;
    }

    /** What the stored values mean; empty where their type says it all. */
    Optional<LogicalTypeAnnotation> meaning() {
        return Optional.ofNullable(
                switch (this) {
                    case BYTE -> LogicalTypeAnnotation.intType(8, true);
                    case SHORT -> LogicalTypeAnnotation.intType(16, true);
                    case SMALL_DECIMAL -> LogicalTypeAnnotation.decimalType(2, 9);
                    case DECIMAL -> LogicalTypeAnnotation.decimalType(4, 18);
                    case LARGE_DECIMAL -> LogicalTypeAnnotation.decimalType(6, 30);
                    case STRING -> LogicalTypeAnnotation.stringType();
                    case DATE -> LogicalTypeAnnotation.dateType();
                    case TIMESTAMP -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
                    case TIMESTAMP_NTZ ->
                            LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS);
                    case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BINARY -> null;
                });
    }

    boolean canPartition() {
        return this != FLOAT && this != DOUBLE && this != BINARY;
    }

    /** Whether conditions compare values of it with literals. */
    boolean isCompared() {
        return this != BINARY;
    }

    /** A value of about ten that there are, so that conditions hold for some rows. */
    Object random(Random random) {
        int number = random.nextInt(12) - 3;
        LocalDateTime time =
                LocalDateTime.of(2021, 3, 4, 5, 6, 7)
                        .plusHours(31L * number)
                        .plus(123_001L * number, ChronoUnit.MICROS);
        return switch (this) {
            case BOOLEAN -> number > 2;
            case BYTE -> (byte) (number * 10);
            case SHORT -> (short) (number * 1_000);
            case INT -> number * 100_000;
            case LONG -> number * 10_000_000_000L;
            case FLOAT -> number / 4f;
            case DOUBLE -> number / 8.0;
            case SMALL_DECIMAL -> BigDecimal.valueOf(number * 12_345L, 2);
            case DECIMAL -> BigDecimal.valueOf(number * 1_000_000_123L, 4);
            case LARGE_DECIMAL ->
                    new BigDecimal("100000000000000000.000001")
                            .multiply(BigDecimal.valueOf(number))
                            .setScale(6);
            case STRING -> STRINGS.get(random.nextInt(STRINGS.size()));
            case BINARY -> new byte[] {(byte) number, 7};
            case DATE -> LocalDate.of(2020, 2, 27).plusDays(number);
            case TIMESTAMP -> time.toInstant(ZoneOffset.UTC);
            case TIMESTAMP_NTZ -> time;
        };
    }

    String text(Object value) {
        return value instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes)
                : value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    /** As a partition value stands in the log. */
    String partitionText(Object value) {
        return switch (this) {
            case TIMESTAMP, TIMESTAMP_NTZ -> MICROS.format(local(value));
            default -> text(value);
        };
    }

    /** As SQL writes it; the zone of the session is UTC. */
    String literal(Object value) {
        return switch (this) {
            case FLOAT -> "CAST(" + value + " AS FLOAT)";
            case DOUBLE -> "CAST(" + value + " AS DOUBLE)";
            case LARGE_DECIMAL -> "CAST('" + text(value) + "' AS DECIMAL(30, 6))";
            case STRING -> "'" + ((String) value).replace("'", "''") + "'";
            case DATE -> "DATE '" + value + "'";
            case TIMESTAMP ->
                    "CAST(TIMESTAMP '" + MICROS.format(local(value)) + "' AS TIMESTAMP_LTZ(6))";
            case TIMESTAMP_NTZ -> "TIMESTAMP '" + MICROS.format(local(value)) + "'";
            default -> text(value);
        };
    }

    private static LocalDateTime local(Object value) {
        return value instanceof Instant instant
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : (LocalDateTime) value;
    }

    /** Microseconds since the epoch of a time. */
    static long micros(Object time) {
        Instant instant = local(time).toInstant(ZoneOffset.UTC);
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @SuppressWarnings("unchecked")
    int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}
