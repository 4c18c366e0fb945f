package io.millrace.cli;

import static java.util.Objects.requireNonNull;

/** A failure that stands in the command's JSON document already. */
final class ShownFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShownFailureException(Throwable cause) {
        super(requireNonNull(cause, "cause is null"));
    }
}
