package io.millrace.pipeline;

/** The parameters given are not those that the pipeline has: a usage error. */
public final class MissingParameterException extends RuntimeException {
    public MissingParameterException(String message) {
        super(message);
    }
}
