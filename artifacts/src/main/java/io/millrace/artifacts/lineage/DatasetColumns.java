package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The columns of a dataset that a plan needs.
 *
 * @param columns sorted; may be none where only rows are counted
 */
public record DatasetColumns(String dataset, List<String> columns) {
    public DatasetColumns {
        requireNonNull(dataset, "dataset is null");
        columns = columns.stream().sorted().distinct().toList();
    }
}
