package io.millrace.delta.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Statistics of a data file (Delta protocol, "Per-file Statistics"). Whatever is absent, or of a
 * shape that the protocol does not know, is unknown.
 */
final class FileStatistics {

    /** Of files without statistics. */
    static final FileStatistics NONE =
            new FileStatistics(JsonMapper.builder().build().createObjectNode());

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private final JsonNode root;

    private FileStatistics(JsonNode root) {
        this.root = root;
    }

    static FileStatistics parse(Optional<String> json) {
        if (json.isEmpty() || json.get().isBlank()) {
            return NONE;
        }
        try {
            return new FileStatistics(MAPPER.readTree(json.get()));
        } catch (JsonProcessingException e) {
            return NONE;
        }
    }

    /** Rows of the file, those in its deletion vector among them. */
    OptionalLong records() {
        return count(root.path("numRecords"));
    }

    /** Whether bounds and null counts are those of the rows that are not deleted. */
    boolean tight() {
        return root.path("tightBounds").asBoolean(true);
    }

    OptionalLong nulls(List<String> path) {
        return count(at("nullCount", path));
    }

    /** The lower bound of a column; a missing node where there is none. */
    JsonNode minimum(List<String> path) {
        return at("minValues", path);
    }

    JsonNode maximum(List<String> path) {
        return at("maxValues", path);
    }

    private JsonNode at(String what, List<String> path) {
        JsonNode node = root.path(what);
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    private static OptionalLong count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }
}
