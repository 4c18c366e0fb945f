package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with a statement, and where.
 *
 * @param line in the file, from 1
 * @param column from 1
 */
public record SqlProblem(String file, int line, int column, String message) {
    public SqlProblem {
        requireNonNull(file, "file is null");
        requireNonNull(message, "message is null");
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
