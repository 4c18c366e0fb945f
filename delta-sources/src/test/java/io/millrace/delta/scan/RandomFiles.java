package io.millrace.delta.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.TableMetadata;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Files of a made-up table, with statistics as writers make them, and the rows they would hold. */
final class RandomFiles {

    static final FieldPath INTEGER = FieldPath.of("i");
    static final FieldPath LONG = FieldPath.of("l");
    static final FieldPath DOUBLE = FieldPath.of("d");
    static final FieldPath STRING = FieldPath.of("s");
    static final FieldPath TIME = FieldPath.of("ts");
    static final FieldPath DATE = FieldPath.of("dt");
    static final FieldPath DECIMAL = FieldPath.of("dec");
    static final FieldPath NESTED = FieldPath.of("n", "x.y");
    static final FieldPath PARTITION = FieldPath.of("p");

    static final List<FieldPath> FIELDS =
            List.of(INTEGER, LONG, DOUBLE, STRING, TIME, DATE, DECIMAL, NESTED, PARTITION);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PREFIX = 32;

    private final Random random;
    private final boolean mapped;

    RandomFiles(Random random) {
        this.random = random;
        this.mapped = random.nextBoolean();
    }

    /** A file and its rows that are not deleted. */
    record Generated(DataFile file, List<Map<FieldPath, Object>> rows) {}

    TableMetadata metadata() {
        StructType nested = new StructType().add("x.y", IntegerType.INTEGER, true, mapping("x.y"));
        StructType schema =
                new StructType()
                        .add("i", IntegerType.INTEGER, true, mapping("i"))
                        .add("l", LongType.LONG, true, mapping("l"))
                        .add("d", DoubleType.DOUBLE, true, mapping("d"))
                        .add("s", StringType.STRING, true, mapping("s"))
                        .add("ts", TimestampType.TIMESTAMP, true, mapping("ts"))
                        .add("dt", DateType.DATE, true, mapping("dt"))
                        .add("dec", new DecimalType(20, 3), true, mapping("dec"))
                        .add("n", nested, true, mapping("n"))
                        .add("p", StringType.STRING, true, mapping("p"));
        Map<String, String> properties =
                mapped ? Map.of("delta.columnMapping.mode", "name") : Map.of();
        return new TableMetadata("id", schema, List.of("p"), properties);
    }

    private FieldMetadata mapping(String name) {
        return FieldMetadata.builder()
                .putString("delta.columnMapping.physicalName", "col-" + name)
                .build();
    }

    private String physical(String name) {
        return mapped ? "col-" + name : name;
    }

    Generated file() {
        Object part = random.nextInt(5) == 0 ? null : value(PARTITION);
        List<Map<FieldPath, Object>> rows = new ArrayList<>();
        int size = random.nextInt(4);
        boolean nulls = random.nextInt(3) > 0;
        for (int i = 0; i < size; i++) {
            Map<FieldPath, Object> row = new HashMap<>();
            for (FieldPath field : FIELDS) {
                boolean isNull = nulls && random.nextInt(4) == 0;
                row.put(field, isNull ? null : value(field));
            }
            row.put(PARTITION, part);
            rows.add(row);
        }
        Optional<String> stats =
                random.nextInt(20) == 0 ? Optional.empty() : Optional.of(statistics(rows));
        int deleted = size > 0 && random.nextInt(3) == 0 ? random.nextInt(size) + 1 : 0;
        Optional<DeletionVector> vector =
                deleted == 0
                        ? Optional.empty()
                        : Optional.of(
                                new DeletionVector("i", "x", OptionalInt.empty(), 1, deleted));
        Map<String, String> values = new HashMap<>();
        values.put(physical("p"), (String) part);
        return new Generated(
                new DataFile("f", values, 1, 1, true, vector, stats, Map.of()),
                rows.subList(deleted, size));
    }

    Object value(FieldPath field) {
        int small = random.nextInt(7) - 3;
        return switch (FIELDS.indexOf(field)) {
            case 0, 7 -> BigDecimal.valueOf(small);
            case 1 -> BigDecimal.valueOf(Long.MAX_VALUE - 5 + small);
            case 2 -> List.of(-0.0, 0.0, Double.NaN, 1.5, -1.5, 1e300).get(random.nextInt(6));
            case 3 -> text();
            case 4 -> 1_600_000_000_000_000L + small * 400L;
            case 5 -> 18_000L + small;
            case 6 -> new BigDecimal("12345678901234567.891").add(BigDecimal.valueOf(small, 3));
            default -> List.of("a", "b", "A", "\u00e9", " ").get(random.nextInt(5));
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder("x".repeat(random.nextInt(2) * 31));
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            text.append(
                    List.of("a", "b", "\uFFFD", "\uD83D\uDE00", "\uFF5E", "")
                            .get(random.nextInt(6)));
        }
        return text.toString();
    }

    private String statistics(List<Map<FieldPath, Object>> rows) {
        ObjectNode root = JSON.createObjectNode();
        root.put("numRecords", rows.size());
        if (random.nextBoolean()) {
            root.put("tightBounds", false);
        }
        ObjectNode least = JSON.createObjectNode();
        ObjectNode greatest = JSON.createObjectNode();
        ObjectNode nulls = JSON.createObjectNode();
        for (FieldPath field : FIELDS) {
            if (field.equals(PARTITION) || random.nextInt(10) == 0) {
                continue;
            }
            List<Object> values =
                    rows.stream().map(row -> row.get(field)).filter(Objects::nonNull).toList();
            put(nulls, field, String.valueOf(rows.size() - values.size()));
            // Some writers leave NaN out of statistics, others put it above all.
            boolean nan = values.contains(Double.NaN);
            List<Object> ordered =
                    values.stream()
                            .filter(value -> !value.equals(Double.NaN))
                            .sorted(RandomFiles::compare)
                            .toList();
            if (!ordered.isEmpty()) {
                put(least, field, json(ordered.get(0), false));
                put(
                        greatest,
                        field,
                        nan && random.nextBoolean()
                                ? "\"NaN\""
                                : json(ordered.get(ordered.size() - 1), true));
            }
        }
        root.set("minValues", least);
        root.set("maxValues", greatest);
        root.set("nullCount", nulls);
        return root.toString();
    }

    private void put(ObjectNode root, FieldPath field, String json) {
        ObjectNode node = root;
        List<String> names = field.names().stream().map(this::physical).toList();
        for (String name : names.subList(0, names.size() - 1)) {
            node = node.withObjectProperty(name);
        }
        node.putRawValue(names.get(names.size() - 1), new RawValue(json));
    }

    private String json(Object value, boolean upper) {
        if (value instanceof String text) {
            return quoted(shortened(text, upper));
        } else if (value instanceof Long number && number > 1_000_000) {
            Instant time = Instant.EPOCH.plus(number, ChronoUnit.MICROS);
            return quoted(time.truncatedTo(ChronoUnit.MILLIS).toString());
        } else if (value instanceof Long number) {
            return quoted(LocalDate.ofEpochDay(number).toString());
        } else if (value instanceof BigDecimal decimal && decimal.scale() == 3) {
            return random.nextBoolean()
                    ? decimal.toPlainString()
                    : String.valueOf(decimal.doubleValue());
        }
        return value.toString();
    }

    private String shortened(String text, boolean upper) {
        if (text.codePointCount(0, text.length()) <= PREFIX) {
            return text;
        }
        String cut = text.substring(0, text.offsetByCodePoints(0, PREFIX));
        if (!upper) {
            return cut;
        }
        return cut
                + List.of("", "\uFFFD", new String(Character.toChars(0x10FFFF)))
                        .get(random.nextInt(3));
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    @SuppressWarnings("unchecked")
    static int compare(Object one, Object other) {
        if (one instanceof String text) {
            return Value.string(text).compareWith(Value.string((String) other));
        } else if (one instanceof Double number) {
            return Double.compare(number + 0.0, (Double) other + 0.0);
        }
        return ((Comparator<Object>) (Comparator<?>) Comparator.naturalOrder()).compare(one, other);
    }
}
