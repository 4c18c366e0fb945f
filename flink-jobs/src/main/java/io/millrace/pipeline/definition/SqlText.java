package io.millrace.pipeline.definition;

import static java.util.Objects.requireNonNull;

/**
 * SQL and where it stands.
 *
 * @param file name for errors
 * @param line line of the first character in that file, from 1
 */
public record SqlText(String file, int line, String text) {
    public SqlText {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
    }
}
