package io.millrace.pipeline;

import io.millrace.delta.table.RefusedException;
import java.util.Optional;
import org.apache.flink.util.SerializedThrowable;

/** Finds what matters in the chain of causes of a failure, also where it came over the wire. */
public final class Failures {
    private static final int MAX_DEPTH = 50;

    private Failures() {}

    /** The refusal that a failure goes back to. */
    public static Optional<RefusedException> refusal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof RefusedException refused) {
                return Optional.of(refused);
            }
            if (cause instanceof SerializedThrowable serialized
                    && serialized
                            .getOriginalErrorClassName()
                            .equals(RefusedException.class.getName())) {
                return Optional.of(new RefusedException(withoutClass(serialized), failure));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** The message of the innermost cause, on one line. */
    public static String message(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
            root = root.getCause();
        }
        String message =
                root instanceof SerializedThrowable serialized
                        ? withoutClass(serialized)
                        : root.getMessage();
        String text =
                message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
        String name = root instanceof SerializedThrowable ? "" : simpleNameOfProgrammingError(root);
        return (name + text).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String simpleNameOfProgrammingError(Throwable root) {
        boolean unclear =
                root instanceof NullPointerException
                        || root instanceof ClassCastException
                        || root instanceof IndexOutOfBoundsException
                        || root instanceof ReflectiveOperationException
                        || root instanceof LinkageError;
        return unclear ? root.getClass().getSimpleName() + ": " : "";
    }

    private static String withoutClass(SerializedThrowable serialized) {
        String message = String.valueOf(serialized.getMessage());
        String prefix = serialized.getOriginalErrorClassName() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
