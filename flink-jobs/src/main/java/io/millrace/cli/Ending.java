package io.millrace.cli;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.Failures;
import io.millrace.pipeline.JobFailedException;
import io.millrace.pipeline.MissingParameterException;
import java.util.Optional;

/**
 * How a command that failed ends.
 *
 * @param message on one line
 */
record Ending(int code, String message) {
    Ending {
        requireNonNull(message, "message is null");
    }

    static Ending of(Throwable failure) {
        if (failure instanceof UsageException || failure instanceof MissingParameterException) {
            return new Ending(Main.USAGE, line(failure.getMessage()));
        }
        Optional<RefusedException> refusal = Failures.refusal(failure);
        if (refusal.isPresent()) {
            return new Ending(Main.REFUSED, line(refusal.get().getMessage()));
        }
        return new Ending(
                Main.FAILED,
                line(
                        failure instanceof JobFailedException
                                ? failure.getMessage()
                                : Failures.message(failure)));
    }

    static String line(String message) {
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    }
}
