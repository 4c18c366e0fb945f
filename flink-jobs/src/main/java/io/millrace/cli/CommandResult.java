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
 * @param written whether the sub-command has written its output itself
 */
public record CommandResult(
        Map<String, Object> document, List<String> lines, String message, boolean written) {
    public CommandResult {
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
        lines = List.copyOf(lines);
        requireNonNull(message, "message is null");
    }

    public CommandResult(Map<String, Object> document, List<String> lines, String message) {
        this(document, lines, message, false);
    }

    /** Of a sub-command that has written its output itself. */
    static CommandResult written(String message) {
        return new CommandResult(Map.of(), List.of(), message, true);
    }
}
