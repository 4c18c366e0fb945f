package io.millrace.cli;

import java.io.OutputStream;

/** The terminal as a sub-command sees it. */
public interface CommandIo {
    /** Writes one line of progress to standard error. */
    void progress(String line);

    /**
     * Shows a state that the next one replaces (versions read, rows, lag): the same line again on a
     * terminal, now and then a line elsewhere.
     */
    void status(String line);

    /** Standard output, for a sub-command whose output is too long to be handed back. */
    OutputStream output();
}
