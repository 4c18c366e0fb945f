package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/** A column that something comes from, and how. */
public record Origin(ColumnName column, Influence influence) implements Comparable<Origin> {
    private static final Comparator<Origin> ORDER =
            Comparator.comparing(Origin::column).thenComparing(Origin::influence);

    public Origin {
        requireNonNull(column, "column is null");
        requireNonNull(influence, "influence is null");
    }

    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return column + " " + influence;
    }
}
