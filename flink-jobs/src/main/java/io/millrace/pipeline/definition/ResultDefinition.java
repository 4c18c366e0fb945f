package io.millrace.pipeline.definition;

import static java.util.Objects.requireNonNull;

import io.millrace.session.StrictYaml.Place;
import java.util.List;
import java.util.Map;

/**
 * A Delta table that a pipeline writes, at {@code <warehouse>/<name>}.
 *
 * @param name dataset name
 * @param key primary key of an upsert result; empty: rows are appended
 * @param partitionBy partition columns
 * @param query one SELECT statement
 * @param comment what the table is, for people
 * @param options sink options ({@code sink.*}) of this result
 */
public record ResultDefinition(
        String name,
        List<String> key,
        List<String> partitionBy,
        SqlText query,
        String comment,
        Map<String, String> options,
        Place place) {
    public ResultDefinition {
        requireNonNull(name, "name is null");
        key = List.copyOf(key);
        partitionBy = List.copyOf(partitionBy);
        requireNonNull(query, "query is null");
        requireNonNull(comment, "comment is null");
        options = Map.copyOf(options);
        requireNonNull(place, "place is null");
    }
}
