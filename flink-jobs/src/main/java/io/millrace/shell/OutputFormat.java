package io.millrace.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** The forms that rows can have. */
public enum OutputFormat {
    /** In columns, for people. */
    table,
    /** RFC 4180. */
    csv,
    /** One object a row and line. */
    json,
    /** Arrow's IPC stream. */
    arrow;

    /**
     * @param notes takes what has no place between rows of this form
     */
    public StatementOutput to(OutputStream out, Consumer<String> notes) throws IOException {
        return switch (this) {
            case table -> new TableRows(out);
            case csv -> new CsvRows(out, notes);
            case json -> new JsonLines(out);
            case arrow -> new ArrowRows(out, notes);
        };
    }
}
