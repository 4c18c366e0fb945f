package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.table.types.logical.RowType;

/**
 * What is known of a statement's rows before the first of them.
 *
 * @param statement its text
 * @param changes whether they are changes, and their kind matters
 * @param kinds finds the semantic kinds of columns, by column
 */
public record RowsHeader(
        String statement, RowType type, boolean changes, Supplier<Map<String, String>> kinds) {
    public RowsHeader {
        requireNonNull(statement, "statement is null");
        requireNonNull(type, "type is null");
        requireNonNull(kinds, "kinds is null");
    }

    /** Of rows without semantic kinds. */
    public static RowsHeader of(String statement, RowType type, boolean changes) {
        return new RowsHeader(statement, type, changes, Map::of);
    }
}
