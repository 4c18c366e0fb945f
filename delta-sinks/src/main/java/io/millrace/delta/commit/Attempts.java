package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.CommitConflictException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Tries a commit again, a limited number of times, while others commit first. */
final class Attempts {

    private static final int MAX = 20;

    private final String location;
    private final String sinkId;
    private final AtomicLong conflicts = new AtomicLong();

    Attempts(String location, String sinkId) {
        this.location = requireNonNull(location, "location is null");
        this.sinkId = requireNonNull(sinkId, "sinkId is null");
    }

    /** One attempt, which looks at the table anew. */
    interface Attempt {
        CommitOutcome run() throws IOException, CommitConflictException;
    }

    /**
     * @param counter number of the commit, for messages
     * @throws IOException if the last attempt, too, found that others were faster, or the storage
     *     did not answer
     */
    CommitOutcome run(long counter, Attempt attempt) throws IOException {
        CommitConflictException conflict = null;
        for (int i = 0; i < MAX; i++) {
            try {
                return attempt.run();
            } catch (CommitConflictException e) {
                conflicts.incrementAndGet();
                conflict = e;
            }
        }
        throw new IOException(
                "%s: cannot commit number %d of %s: %d attempts failed, the last because: %s. Let fewer jobs write to the table, or mend the storage."
                        .formatted(location, counter, sinkId, MAX, conflict.getMessage()),
                conflict);
    }

    /** How many attempts failed so far; may be asked by other threads. */
    long conflicts() {
        return conflicts.get();
    }
}
