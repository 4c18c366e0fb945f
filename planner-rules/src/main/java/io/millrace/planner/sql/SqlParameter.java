package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that statements name as {@code :name}.
 *
 * @param type {@code STRING}, {@code BOOLEAN}, {@code INT}, {@code BIGINT}, {@code DOUBLE}, {@code
 *     DECIMAL(p, s)}, {@code DATE} or {@code TIMESTAMP}
 * @param value as text; dates and timestamps ISO with a blank or T between day and time
 */
public record SqlParameter(String name, String type, String value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private static final Pattern DECIMAL =
            Pattern.compile("DECIMAL\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");

    /**
     * A parameter whose value fits its type.
     *
     * @throws IllegalArgumentException if it does not, or the type is not known
     */
    public SqlParameter {
        requireNonNull(name, "name is null");
        requireNonNull(value, "value is null");
        type = requireNonNull(type, "type is null").strip().toUpperCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of a parameter");
        }
        literal(name, type, value);
    }

    /**
     * A parameter of a command line.
     *
     * @param name {@code name}, which is a STRING, or {@code name:TYPE}
     */
    public static SqlParameter of(String name, String value) {
        int colon = name.indexOf(':');
        return colon < 0
                ? new SqlParameter(name, "STRING", value)
                : new SqlParameter(name.substring(0, colon), name.substring(colon + 1), value);
    }

    /** The value as SQL writes it: one literal, or a cast of one. */
    String literal() {
        return literal(name, type, value);
    }

    private static String literal(String name, String type, String value) {
        String text = value.strip();
        try {
            return switch (type) {
                case "STRING" -> quoted(value);
                case "BOOLEAN" -> bool(text);
                case "INT" -> number(Integer.parseInt(text));
                case "BIGINT" -> number(Long.parseLong(text));
                case "DOUBLE" -> "CAST('" + finite(text) + "' AS DOUBLE)";
                case "DATE" -> "DATE '" + LocalDate.parse(text) + "'";
                case "TIMESTAMP" -> timestamp(text);
                default -> decimal(type, text);
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "': '" + value + "' is no " + type, e);
        }
    }

    private static String bool(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!upper.equals("TRUE") && !upper.equals("FALSE")) {
            throw new NumberFormatException(text);
        }
        return upper;
    }

    private static String number(long value) {
        return value < 0 ? "(" + value + ")" : Long.toString(value);
    }

    private static double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static String timestamp(String text) {
        LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
        return "TIMESTAMP '" + MICROSECONDS.format(time) + "'";
    }

    private static String decimal(String type, String text) {
        Matcher matcher = DECIMAL.matcher(type);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "type "
                            + type
                            + " of a parameter is not known; known are STRING, BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p, s), DATE, TIMESTAMP");
        }
        BigDecimal value = new BigDecimal(text);
        int precision = Integer.parseInt(matcher.group(1));
        int scale = Integer.parseInt(matcher.group(2));
        if (value.stripTrailingZeros().scale() > scale
                || value.precision() - value.scale() > precision - scale) {
            throw new NumberFormatException(text);
        }
        return "CAST('%s' AS DECIMAL(%d, %d))".formatted(value.toPlainString(), precision, scale);
    }

    /** Without line breaks, so that lines of the statement stay what they are. */
    private static String quoted(String value) {
        if (value.chars().noneMatch(c -> c < ' ')) {
            return "'" + value.replace("'", "''") + "'";
        }
        StringBuilder text = new StringBuilder("U&'");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\'') {
                text.append("''");
            } else if (c == '\\') {
                text.append("\\\\");
            } else if (c < ' ') {
                text.append("\\%04X".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.append("'").toString();
    }
}
