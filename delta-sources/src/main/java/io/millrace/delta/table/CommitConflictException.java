package io.millrace.delta.table;

/**
 * Another writer committed first; nothing of ours was written. Reload the table, merge anew, try
 * again.
 */
public final class CommitConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    public CommitConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
