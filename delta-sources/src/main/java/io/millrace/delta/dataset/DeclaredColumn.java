package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * What a user says about one column of a dataset.
 *
 * @param from name of the column in the table; the same name where absent
 * @param type type that the values are cast to, as in SQL; that of the table where absent
 * @param lossy whether the cast may lose something: what does not fit becomes null, what is too
 *     exact is rounded
 * @param defaultValue a literal
 * @param defaultFor where the default stands
 * @param required whether the table must have the column
 */
@Internal
public record DeclaredColumn(
        Optional<String> from,
        Optional<String> type,
        boolean lossy,
        Optional<String> defaultValue,
        DefaultFor defaultFor,
        boolean required) {

    public DeclaredColumn {
        requireNonNull(from, "from is null");
        requireNonNull(type, "type is null");
        requireNonNull(defaultValue, "defaultValue is null");
        requireNonNull(defaultFor, "defaultFor is null");
    }

    /** Where a default stands. */
    public enum DefaultFor {
        /** In the place of null, and in every row where the table has no such column. */
        ANY,
        /** In the place of null; the table must have the column. */
        NULL,
        /** In every row where the table has no such column; null stays null. */
        ABSENT;

        boolean isForNull() {
            return this != ABSENT;
        }

        boolean isForAbsent() {
            return this != NULL;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The default where the table has no such column. */
    Optional<String> defaultForAbsent() {
        return defaultFor.isForAbsent() ? defaultValue : Optional.empty();
    }

    /** The default in the place of null. */
    Optional<String> defaultForNull() {
        return defaultFor.isForNull() ? defaultValue : Optional.empty();
    }
}
