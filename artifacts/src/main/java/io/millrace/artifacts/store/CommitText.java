package io.millrace.artifacts.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;

/** Reads what our commits say of themselves. */
final class CommitText {
    private static final JsonMapper JSON = new JsonMapper();

    private CommitText() {}

    /** Numbers of a JSON object by name; none where there is no such text. */
    static Map<String, Long> numbers(String json) {
        Map<String, Long> numbers = new TreeMap<>();
        if (json != null) {
            try {
                for (Map.Entry<String, JsonNode> entry : JSON.readTree(json).properties()) {
                    numbers.put(entry.getKey(), entry.getValue().asLong());
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("not a JSON object: " + json, e);
            }
        }
        return numbers;
    }

    static Long number(String text) {
        return text == null ? null : Long.valueOf(text);
    }
}
