package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the name of a dataset stood for when a pipeline was planned.
 *
 * @param role {@code source} or {@code result}
 * @param location absolute location
 * @param tableId id in the table's metadata, empty where the table does not exist yet
 * @param version latest version then, -1 where there is none
 */
public record DatasetResolution(
        String dataset,
        String role,
        String location,
        String tableId,
        long version,
        List<String> key) {
    public DatasetResolution {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(role, "role is null");
        requireNonNull(location, "location is null");
        requireNonNull(tableId, "tableId is null");
        key = List.copyOf(key);
    }
}
