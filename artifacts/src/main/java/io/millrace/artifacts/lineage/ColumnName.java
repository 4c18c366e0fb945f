package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A column of a dataset.
 *
 * @param column its name; a field of a struct as {@code struct.field}
 */
public record ColumnName(String dataset, String column) implements Comparable<ColumnName> {
    private static final Comparator<ColumnName> ORDER =
            Comparator.comparing(ColumnName::dataset).thenComparing(ColumnName::column);

    public ColumnName {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(column, "column is null");
    }

    @Override
    public int compareTo(ColumnName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dataset + "." + column;
    }
}
