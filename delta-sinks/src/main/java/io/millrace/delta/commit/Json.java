package io.millrace.delta.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The little JSON of commits: counts, source versions, and statistics of files. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String write(Map<String, Long> object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows that a file holds, deleted ones counted, if its statistics say so. */
    static OptionalLong numRecords(Optional<String> stats) {
        if (stats.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode records = read(stats.get()).path("numRecords");
        return records.isNumber() ? OptionalLong.of(records.longValue()) : OptionalLong.empty();
    }

    /**
     * Statistics of a file of which rows are deleted: bounds need not be met any more (Delta
     * protocol, "Per-file Statistics").
     */
    static Optional<String> withWideBounds(Optional<String> stats) {
        return stats.map(
                json -> {
                    ObjectNode object = (ObjectNode) read(json);
                    object.put("tightBounds", false);
                    return object.toString();
                });
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not the statistics of a file: " + json, e);
        }
    }
}
