package io.millrace.pipeline;

/** A job failed while it ran. */
public final class JobFailedException extends RuntimeException {
    public JobFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
