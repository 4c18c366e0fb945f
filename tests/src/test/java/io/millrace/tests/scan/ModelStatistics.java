package io.millrace.tests.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.tests.scan.ModelType.Field;
import io.millrace.tests.scan.ModelType.Primitive;
import io.millrace.tests.scan.ModelType.Struct;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Statistics of a file as Spark writes them: times are cut to milliseconds. */
final class ModelStatistics {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");

    private ModelStatistics() {}

    /** Bounds of the columns are left out if they are not wanted. */
    static ObjectNode of(List<Field> columns, List<Map<String, Object>> rows, boolean bounds) {
        ObjectNode stats = JSON.createObjectNode().put("numRecords", rows.size());
        if (bounds) {
            ObjectNode min = stats.putObject("minValues");
            ObjectNode max = stats.putObject("maxValues");
            put(columns, rows, min, max, stats.putObject("nullCount"));
        }
        return stats;
    }

    private static void put(
            List<Field> fields,
            List<? extends Map<?, ?>> rows,
            ObjectNode min,
            ObjectNode max,
            ObjectNode nulls) {
        for (Field field : fields) {
            String name = field.physical();
            List<?> values =
                    rows.stream()
                            .map(row -> row.get(field.name()))
                            .filter(Objects::nonNull)
                            .toList();
            if (field.type() instanceof Struct struct) {
                List<? extends Map<?, ?>> structs =
                        rows.stream()
                                .map(row -> (Map<?, ?>) row.get(field.name()))
                                .map(value -> value == null ? Map.of() : value)
                                .toList();
                put(
                        struct.fields(),
                        structs,
                        min.putObject(name),
                        max.putObject(name),
                        nulls.putObject(name));
                continue;
            }
            nulls.put(name, rows.size() - values.size());
            if (field.type() instanceof Primitive primitive) {
                ModelPrimitive kind = primitive.kind();
                if (kind != ModelPrimitive.BINARY && kind != ModelPrimitive.BOOLEAN) {
                    values.stream().min(kind::compare).ifPresent(v -> put(min, name, kind, v));
                    values.stream().max(kind::compare).ifPresent(v -> put(max, name, kind, v));
                }
            }
        }
    }

    private static void put(ObjectNode to, String name, ModelPrimitive kind, Object value) {
        if (value instanceof BigDecimal decimal) {
            to.put(name, decimal);
        } else if (value instanceof Number) {
            to.set(name, JSON.valueToTree(value));
        } else if (value instanceof Instant instant) {
            to.put(name, MILLIS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z");
        } else if (value instanceof LocalDateTime time) {
            to.put(name, MILLIS.format(time));
        } else {
            to.put(name, kind.text(value));
        }
    }
}
