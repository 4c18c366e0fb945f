package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.commit.OwnCommit;
import io.millrace.delta.table.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a commit operator may go on with what it restored, by what its sink has committed so far.
 *
 * <p>Attempts of one run need no fence: each restores a checkpoint that has every committable an
 * earlier attempt was told to commit, so both would commit the same numbers with the same tokens. A
 * new run on a cluster may find the run before it alive, with a state of its own that goes on from
 * the same checkpoint; so it takes the next number first, and the older one is fenced at its next
 * commit.
 */
final class SinkStart {

    private final CommitSettings settings;
    private final String run;
    private final List<OwnCommit> own;

    SinkStart(CommitSettings settings, DeltaCommitter committer) {
        this.settings = requireNonNull(settings, "settings is null");
        this.run = settings.facts().parameters().getOrDefault(CommitParameters.RUN, "");
        this.own = committer.newestOwn();
    }

    /** Id of the run; empty where the job has none. */
    String run() {
        return run;
    }

    /** Number of the newest commit of this sink; 0 if there is none. */
    long newest() {
        return own.isEmpty() ? 0 : own.get(0).counter();
    }

    /**
     * Checks a start with state.
     *
     * @param counter number that the state ends at
     * @param committed number of the newest commit that the state has seen in the table; 0 if none
     * @param restoredRun run that took the checkpoint
     * @throws RefusedException if the table has rows that the state does not know, or lacks rows
     *     that it has seen there
     */
    void checkRestored(long counter, long committed, String restoredRun) {
        if (committed > newest()) {
            throw new RefusedException(
                    "%s: cannot write to %s as %s: the restored state has seen commit number %d of this sink there, and the table has %s. It was made anew, was put back to an earlier version, or has forgotten transactions (delta.setTransactionRetentionDuration). Start with --rebuild."
                            .formatted(
                                    settings.dataset(),
                                    settings.spec().location(),
                                    settings.facts().sinkId(),
                                    committed,
                                    own.isEmpty() ? "none" : "none after number " + newest()));
        }
        long rows =
                own.stream().filter(c -> !c.fence()).mapToLong(OwnCommit::counter).max().orElse(0);
        if (rows > counter) {
            throw refused(
                    "the table has commit number %d of this sink, the restored state ends at number %d"
                            .formatted(rows, counter));
        }
        if ((run.equals(restoredRun) || hasFenced()) && isFenced()) {
            throw new RefusedException(
                    "%s: cannot go on writing to %s as %s: run %s has taken over. Stop one of the two."
                            .formatted(
                                    settings.dataset(),
                                    settings.spec().location(),
                                    settings.facts().sinkId(),
                                    own.get(0).run()));
        }
    }

    /**
     * Checks a start without state that does not rebuild.
     *
     * @throws RefusedException if the sink has committed before
     */
    void checkStateless() {
        if (!own.isEmpty()) {
            throw refused(
                    "the table has commit number %d of this sink, and the job has no state that goes on from it"
                            .formatted(newest()));
        }
    }

    /**
     * Number of the last commit before the only one of a statement. An attempt before this one may
     * have committed; then its number is taken again, and the commit is found.
     *
     * @param lastToken of the newest commit of the sink
     * @throws RefusedException if the sink has committed something else
     */
    long statementCounter(Optional<String> lastToken) {
        if (own.isEmpty()) {
            return 0;
        }
        boolean mine = lastToken.equals(settings.token());
        boolean overwrites = settings.statement().kind().deletes();
        if (!mine && (overwrites || !settings.rebuild())) {
            throw new RefusedException(
                    "%s: cannot write to %s as %s: this sink has committed before, and a statement commits once. Give the statement another 'sink.id', or none."
                            .formatted(
                                    settings.dataset(),
                                    settings.spec().location(),
                                    settings.facts().sinkId()));
        }
        return mine ? newest() - 1 : newest();
    }

    /** Whether an older run may be alive that has to be kept from committing. */
    boolean needsFence(String restoredRun) {
        return settings.fences() && !own.isEmpty() && !run.equals(restoredRun) && !hasFenced();
    }

    private boolean isFenced() {
        return !own.isEmpty() && own.get(0).fence() && !own.get(0).run().equals(run);
    }

    private boolean hasFenced() {
        return own.stream().anyMatch(commit -> commit.fence() && commit.run().equals(run));
    }

    private RefusedException refused(String what) {
        String folder = settings.stateFolder().isEmpty() ? "" : " under " + settings.stateFolder();
        return new RefusedException(
                "%s: cannot write to %s as %s: %s. Start from the newest checkpoint%s, or with --rebuild."
                        .formatted(
                                settings.dataset(),
                                settings.spec().location(),
                                settings.facts().sinkId(),
                                what,
                                folder));
    }
}
