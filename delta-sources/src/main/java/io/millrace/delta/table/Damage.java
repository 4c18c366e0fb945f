package io.millrace.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * Says what Kernel fails with in our words, and tells what stands in a table, which trying again
 * does not help, from storage that fails for a moment.
 */
final class Damage {

    private static final String REPAIR =
            " Restore the files of the log from a copy, or make the table anew.";

    private Damage() {}

    /** What to throw: refused where the log is damaged. */
    static RuntimeException explained(String location, String what, RuntimeException failure) {
        if (failure instanceof RefusedException refused) {
            return refused;
        }
        String message = location + ": cannot " + what + ": ";
        if (isOfStorage(failure)) {
            return new IllegalStateException(message + innermost(failure), failure);
        }
        return new RefusedException(
                message + "the log is damaged: " + firstLine(innermost(failure)) + "." + REPAIR,
                failure);
    }

    /** Whether storage failed; what it holds, or lacks, does not count. */
    private static boolean isOfStorage(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IOException
                    && !(t instanceof JsonProcessingException)
                    && !(t instanceof FileNotFoundException)
                    && !(t instanceof EOFException)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null && t.getCause().getMessage() != null) {
            t = t.getCause();
        }
        return t instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(t.getMessage());
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
