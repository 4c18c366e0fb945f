package io.millrace.pipeline.definition;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DeclaredProjection;
import io.millrace.delta.table.StorageOptions;
import io.millrace.session.StrictYaml.Place;
import java.util.List;

/**
 * A Delta table that a pipeline reads.
 *
 * @param name dataset name: how SQL refers to it, and what its state is tied to
 * @param path location, with {@code ${param}} and {@code ${warehouse}} not yet replaced
 * @param key primary key; empty: what the table's property {@code millrace.key} says
 * @param projection renames, casts and defaults of its columns
 * @param storage how it is reached, over what the session says; holds no credentials
 */
public record SourceDefinition(
        String name,
        String path,
        List<String> key,
        DeclaredProjection projection,
        StorageOptions storage,
        Place place) {
    public SourceDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
        key = List.copyOf(key);
        requireNonNull(projection, "projection is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(place, "place is null");
    }
}
