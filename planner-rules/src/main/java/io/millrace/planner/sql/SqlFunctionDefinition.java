package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function that is an SQL expression over its arguments.
 *
 * @param place where it is written, for errors: file, line and column
 * @param arguments name and SQL type of each, in the order of the call
 */
public record SqlFunctionDefinition(
        String place, String name, Map<String, String> arguments, String expression) {
    public SqlFunctionDefinition {
        requireNonNull(place, "place is null");
        requireNonNull(name, "name is null");
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        requireNonNull(expression, "expression is null");
    }
}
