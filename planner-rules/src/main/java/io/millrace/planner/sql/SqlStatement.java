package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * One parsed statement of a script.
 *
 * @param file name for errors
 * @param line line of its first token in the file, from 1
 * @param column column of its first token, from 1
 * @param text the statement without a closing semicolon
 * @param padded the same after line breaks and blanks, so that positions in errors of Flink's
 *     parser and validator are positions in the file
 * @param name what a CREATE statement creates, as written in SQL without a catalog
 * @param tables simple names of all tables, views and functions in FROM clauses, as far as they are
 *     not named by a WITH of this statement
 */
public record SqlStatement(
        String file,
        int line,
        int column,
        String text,
        String padded,
        StatementKind kind,
        Optional<String> name,
        Set<String> tables) {
    public SqlStatement {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
        requireNonNull(padded, "padded is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        tables = Set.copyOf(tables);
    }

    /** The same statement in other words, which start at the same place. */
    SqlStatement withPadded(String words) {
        return new SqlStatement(file, line, column, words.strip(), words, kind, name, tables);
    }

    /** {@code file:line:column}. */
    public String position() {
        return file + ":" + line + ":" + column;
    }
}
