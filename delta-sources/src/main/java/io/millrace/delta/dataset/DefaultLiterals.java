package io.millrace.delta.dataset;

import io.millrace.delta.scan.Literal;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads the literals of defaults; exactly, or not at all. */
final class DefaultLiterals {

    private DefaultLiterals() {}

    /** The value, or nothing where {@code text} is none of this type. */
    static Optional<Literal> parse(LogicalType type, String text) {
        try {
            return Optional.of(new Literal(type.copy(false), value(type, text)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Serializable value(LogicalType type, String text) {
        return switch (type.getTypeRoot()) {
            case VARCHAR -> text;
            case BOOLEAN ->
                    switch (text.toLowerCase(Locale.ROOT)) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> throw new IllegalArgumentException(text);
                    };
            case TINYINT -> Byte.valueOf(text);
            case SMALLINT -> Short.valueOf(text);
            case INTEGER -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> decimal((DecimalType) type, text);
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    micros(LocalDateTime.parse(iso(text)).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    micros(OffsetDateTime.parse(iso(text)).toInstant());
            default -> throw new IllegalArgumentException(type.asSummaryString());
        };
    }

    private static BigDecimal decimal(DecimalType type, String text) {
        BigDecimal exact = new BigDecimal(text).setScale(type.getScale(), RoundingMode.UNNECESSARY);
        if (exact.precision() > type.getPrecision()) {
            throw new IllegalArgumentException(text);
        }
        return exact;
    }

    private static String iso(String text) {
        return text.replaceFirst(" ", "T");
    }

    private static long micros(Instant instant) {
        if (!instant.truncatedTo(ChronoUnit.MICROS).equals(instant)) {
            throw new IllegalArgumentException(instant.toString());
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
