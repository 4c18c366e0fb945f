package io.millrace.planner.semantics;

import static java.util.Objects.requireNonNull;

/**
 * The kind of a value and where it comes from.
 *
 * @param column {@code table.column}, or the function that gave it
 */
record KindOf(String kind, String column) {
    KindOf {
        requireNonNull(kind, "kind is null");
        requireNonNull(column, "column is null");
    }

    @Override
    public String toString() {
        return column + " (" + kind + ")";
    }
}
