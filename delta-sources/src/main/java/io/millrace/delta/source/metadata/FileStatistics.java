package io.millrace.delta.source.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The statistics of a file (Delta protocol, "Per-file Statistics"), read when they are asked for
 * first. Statistics that are no JSON count as none: they only inform here.
 */
final class FileStatistics {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Optional<String> json;
    private final LogicalNames names;
    private JsonNode parsed;

    FileStatistics(Optional<String> json, LogicalNames names) {
        this.json = json;
        this.names = names;
    }

    /** The value of a column of the table of files, null where it is not known. */
    Object value(String column) {
        return switch (column) {
            case "record_count" -> number("numRecords");
            case "tight_bounds" ->
                    parsed().path("tightBounds").isBoolean()
                            ? parsed().path("tightBounds").asBoolean()
                            : null;
            case "null_counts" -> {
                Map<String, Long> counts = leaves("nullCount", JsonNode::asLong);
                yield counts.isEmpty() ? null : Values.counts(counts);
            }
            case "min_values" -> texts("minValues");
            case "max_values" -> texts("maxValues");
            default -> throw new IllegalArgumentException("no column " + column);
        };
    }

    private Long number(String field) {
        JsonNode node = parsed().path(field);
        return node.isNumber() ? node.asLong() : null;
    }

    private Object texts(String field) {
        Map<String, String> texts = leaves(field, JsonNode::asText);
        return texts.isEmpty() ? null : Values.texts(texts);
    }

    private <T> Map<String, T> leaves(String field, Function<JsonNode, T> value) {
        Map<String, T> leaves = new LinkedHashMap<>();
        collect(parsed().path(field), "", value, leaves);
        return names.ofColumns(leaves);
    }

    private static <T> void collect(
            JsonNode node, String prefix, Function<JsonNode, T> value, Map<String, T> leaves) {
        node.properties()
                .forEach(
                        field -> {
                            String name = prefix + field.getKey();
                            if (field.getValue().isObject()) {
                                collect(field.getValue(), name + ".", value, leaves);
                            } else if (!field.getValue().isNull()) {
                                leaves.put(name, value.apply(field.getValue()));
                            }
                        });
    }

    private JsonNode parsed() {
        if (parsed == null) {
            parsed = json.map(FileStatistics::parse).orElseGet(MissingNode::getInstance);
        }
        return parsed;
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
