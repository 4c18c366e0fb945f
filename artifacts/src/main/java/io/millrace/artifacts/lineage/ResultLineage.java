package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A result's columns and what decides which rows it has.
 *
 * @param columns in the order of the result
 * @param rows indirect origins of all columns alike: a change of their values may add or remove
 *     rows; sorted by column, then by influence
 */
public record ResultLineage(String dataset, List<ColumnLineage> columns, List<Origin> rows) {
    public ResultLineage {
        requireNonNull(dataset, "dataset is null");
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
