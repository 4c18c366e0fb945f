package io.millrace.delta.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says what Kernel fails with in our words, and tells what stands in a table, which trying again
 * does not help, from storage that fails for a moment.
 */
final class Damage {

    private static final String REPAIR =
            " Restore the files of the log from a copy, or make the table anew.";

    private Damage() {}

    /** What to throw: refused where the log is damaged. */
    static RuntimeException explained(DeltaTable table, String what, RuntimeException failure) {
        if (failure instanceof RefusedException refused) {
            return refused;
        }
        String message = table.location() + ": cannot " + what + ": ";
        if (isOfStorage(failure)) {
            return new IllegalStateException(message + innermost(failure), failure);
        }
        String damage =
                DamagedFiles.first(table).orElseGet(() -> "the log is damaged: " + reason(failure));
        return new RefusedException(message + damage + "." + REPAIR, failure);
    }

    /** The iterator with its failures explained. */
    static <T> CloseableIterator<T> explained(
            DeltaTable table, String what, CloseableIterator<T> iterator) {
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return explaining(table, what, iterator::hasNext);
            }

            @Override
            public T next() {
                return explaining(table, what, iterator::next);
            }

            @Override
            public void close() throws IOException {
                iterator.close();
            }
        };
    }

    static <T> T explaining(DeltaTable table, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw explained(table, what, e);
        }
    }

    /** A commit without a single action is none: its writer got no further than its name. */
    static void checkNoEmptyCommit(DeltaTable table, String what, Snapshot snapshot) {
        Optional<FileStatus> empty =
                ((SnapshotImpl) snapshot)
                        .getLogSegment().getDeltas().stream()
                                .filter(commit -> commit.getSize() == 0)
                                .findFirst();
        if (empty.isPresent()) {
            throw emptyCommit(table, what, empty.get());
        }
    }

    static RefusedException emptyCommit(DeltaTable table, String what, FileStatus commit) {
        return new RefusedException(
                table.location()
                        + ": cannot "
                        + what
                        + ": "
                        + DamagedFiles.emptyCommit(commit)
                        + "."
                        + REPAIR);
    }

    /** Whether storage failed; what it holds, or lacks, does not count. */
    static boolean isOfStorage(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IOException
                    && !(t instanceof JsonProcessingException)
                    && !(t instanceof FileNotFoundException)
                    && !(t instanceof NoSuchFileException)
                    && !(t instanceof EOFException)) {
                return true;
            }
        }
        return false;
    }

    static boolean isGone(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof FileNotFoundException || t instanceof NoSuchFileException) {
                return true;
            }
        }
        return false;
    }

    /** The innermost cause, in one line. */
    static String reason(Throwable failure) {
        String line = innermost(failure).lines().findFirst().orElse("");
        line = line.replaceFirst("^Invalid table found at [^:]*: ", "");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
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
}
