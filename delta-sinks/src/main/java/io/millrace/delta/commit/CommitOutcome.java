package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

/** What became of a committable. */
public sealed interface CommitOutcome {

    /** A new version was written; {@code counts} is the net difference to the version before. */
    record Committed(long version, ChangeCounts counts) implements CommitOutcome {
        public Committed {
            requireNonNull(counts, "counts is null");
        }
    }

    /** An earlier attempt wrote this very committable as {@code version}. */
    record AlreadyCommitted(long version) implements CommitOutcome {}

    /** There was nothing to change, no version was written. */
    record Empty() implements CommitOutcome {}

    /** Somebody else committed under this sink's id; going on would lose or repeat rows. */
    record Fenced(String message) implements CommitOutcome {
        public Fenced {
            requireNonNull(message, "message is null");
        }
    }
}
