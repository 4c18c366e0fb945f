package io.millrace.delta.source.enumerator;

import io.millrace.delta.table.RefusedException;
import java.util.Optional;

/**
 * A version that cannot be read, once one was found: when to fail the job with the reason, so that
 * all versions before it are released and committed first. Readers are quiet when they have read
 * all that was handed out and nothing waits.
 */
final class Barrier {

    private Optional<RefusedException> reason = Optional.empty();

    /** The first checkpoint that began when readers were quiet. */
    private long quietSince = Long.MAX_VALUE;

    /** Whether readers were quiet when the last look came back. */
    private boolean quietBefore;

    void set(Optional<RefusedException> found) {
        reason = found;
    }

    boolean isUp() {
        return reason.isPresent();
    }

    /** A look has come back. Without checkpoints, a poll interval must be enough. */
    void looked(boolean quiet, boolean checkpointed) {
        boolean now = isUp() && quiet;
        if (now && quietBefore && !checkpointed) {
            throw reason.orElseThrow();
        }
        quietBefore = now;
    }

    /** Nothing more comes in a run that ends: it fails as soon as readers are quiet. */
    void ends(boolean quiet) {
        if (isUp() && quiet) {
            throw reason.orElseThrow();
        }
    }

    void checkpointBegins(long checkpointId, boolean quiet) {
        if (isUp() && quiet) {
            quietSince = Math.min(quietSince, checkpointId);
        }
    }

    /** One checkpoint more than needed: what the first one holds is then committed, too. */
    void checkpointCompletes(long checkpointId) {
        if (isUp() && checkpointId > quietSince) {
            throw reason.orElseThrow();
        }
    }

    /** Splits came back, so what readers were through with is read again. */
    void readersGoBack() {
        quietSince = Long.MAX_VALUE;
    }
}
