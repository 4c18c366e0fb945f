package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A statement of a pipeline that was parsed, validated and resolved.
 *
 * @param name of the view or result
 * @param place {@code file:line:column}
 * @param canonical the statement in one form: without comments, values in the place of parameters
 * @param columns type of each column of its rows, in order
 */
public record CheckedStatement(
        String name, String place, String canonical, Map<String, String> columns) {
    public CheckedStatement {
        requireNonNull(name, "name is null");
        requireNonNull(place, "place is null");
        requireNonNull(canonical, "canonical is null");
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
}
