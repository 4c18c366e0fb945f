package io.millrace.cli;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sub-command prints when it is done.
 *
 * @param document the JSON document for {@code --json}: maps, lists, strings, numbers, booleans;
 *     order is kept
 * @param lines the same for people, on standard output where {@code --json} is not given
 * @param message one sentence, the last line on standard error
 */
public record CommandResult(Map<String, Object> document, List<String> lines, String message) {
    public CommandResult {
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
        lines = List.copyOf(lines);
        requireNonNull(message, "message is null");
    }
}
