package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A column of a result and what its values come from.
 *
 * @param origins sorted by column, then by influence
 */
public record ColumnLineage(String column, List<Origin> origins) {
    public ColumnLineage {
        requireNonNull(column, "column is null");
        origins = List.copyOf(origins);
    }
}
