package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

/**
 * SQL text and where it stands.
 *
 * @param file name for errors
 * @param line line in that file of the first character, from 1
 */
public record SqlSource(String file, int line, String text) {
    public SqlSource {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
        if (line < 1) {
            throw new IllegalArgumentException("line is " + line);
        }
    }
}
