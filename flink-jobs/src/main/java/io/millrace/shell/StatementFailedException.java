package io.millrace.shell;

/** A statement's job has failed; cause or message say why. */
public final class StatementFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StatementFailedException(String message) {
        super(message);
    }

    StatementFailedException(Throwable cause) {
        super(cause);
    }
}
