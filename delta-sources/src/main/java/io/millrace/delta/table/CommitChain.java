package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.TransactionCommitResult;
import java.util.Optional;

/**
 * A table that one writer commits to again and again. While nobody else commits, the version that a
 * commit made is known without reading the log, so that a commit costs the same however long the
 * log is. Not thread-safe.
 */
public final class CommitChain implements AutoCloseable {

    /** A version known from the one before remembers each commit since the last look at the log. */
    private static final int COMMITS_BETWEEN_LOOKS = 10;

    private final DeltaTable table;
    private final RecordingCommitter committer = new RecordingCommitter();
    private final LogUpkeep upkeep = new LogUpkeep();
    private Optional<TableSnapshot> known = Optional.empty();
    private int commitsSinceLook;

    CommitChain(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /** The newest version, to be committed on. */
    public TableSnapshot newest() {
        if (known.isEmpty()
                || commitsSinceLook >= COMMITS_BETWEEN_LOOKS
                || !isNewest(known.get().version())) {
            known = Optional.of(table.snapshot(committer));
            commitsSinceLook = 0;
        }
        return known.get();
    }

    private boolean isNewest(long version) {
        return table.log().exists(version) && !table.log().exists(version + 1);
    }

    /**
     * Commits on top of a version: the new one is exactly that one + 1.
     *
     * @param base from {@link #newest}
     * @throws CommitConflictException if nothing is known to have been committed: another writer
     *     has committed that version, or a transaction of this id, or the storage failed. Look at
     *     {@link #newest} for what there is, and try again.
     * @throws RefusedException if the table does not allow what the commit does
     */
    public long commit(TableSnapshot base, CommitContent content) throws CommitConflictException {
        known = Optional.empty();
        committer.record(content);
        TransactionCommitResult result = new TableCommit(table).commit(base, content);
        boolean look = upkeep.after(table, result);
        if (!look) {
            known =
                    result.getPostCommitSnapshot()
                            .map(snapshot -> new TableSnapshot(table, snapshot));
            commitsSinceLook++;
        }
        return result.getVersion();
    }

    /** How many checksums and checkpoints of the log could not be written. */
    public long failedUpkeep() {
        return upkeep.failures();
    }

    /** Waits a while for a checkpoint of the log that is being written. */
    @Override
    public void close() {
        upkeep.close();
    }
}
