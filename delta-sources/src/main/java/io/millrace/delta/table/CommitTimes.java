package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.DeltaHistoryManager;
import io.delta.kernel.internal.fs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When the versions of a table were committed: by the timestamps in the commits where the table has
 * them, else by the modification times of the commit files, each at least a millisecond after the
 * one before (as every reader of Delta sees them). Lists the log, or searches it; a commit is only
 * read where its timestamp stands in it.
 */
final class CommitTimes {

    private final DeltaTable table;
    private final Path log;

    CommitTimes(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
        this.log = new Path(table.logLocation());
    }

    /** The oldest version whose commit file is there. */
    long firstVersion() {
        try {
            return DeltaHistoryManager.getEarliestDeltaFile(table.engine(), log, Optional.empty());
        } catch (KernelException e) {
            throw table.refused("list the log", e);
        }
    }

    /** The oldest version whose rows the log can still tell. */
    long firstSnapshotVersion() {
        try {
            return DeltaHistoryManager.getEarliestRecreatableCommit(
                    table.engine(), log, Optional.empty());
        } catch (KernelException e) {
            throw table.refused("list the log", e);
        } catch (RuntimeException e) {
            // Kernel's own class of failure is not used where a checkpoint is missing.
            throw Damage.explained(table, "find the first version that can be opened", e);
        }
    }

    long versionAt(long timestamp, TimeRounding rounding) {
        TableSnapshot newest = table.snapshot();
        boolean after = rounding == TimeRounding.AT_OR_AFTER;
        try {
            return after
                    ? DeltaHistoryManager.getVersionAtOrAfterTimestamp(
                            table.engine(), log, timestamp, newest.kernel(), List.of())
                    : DeltaHistoryManager.getVersionBeforeOrAtTimestamp(
                            table.engine(), log, timestamp, newest.kernel(), List.of());
        } catch (KernelException e) {
            long first = firstVersion();
            throw new RefusedException(
                    "%s: cannot find the version committed at %s or %s: the log holds version %d, committed at %s, to version %d, committed at %s. Give a time between these."
                            .formatted(
                                    table.location(),
                                    Instant.ofEpochMilli(timestamp),
                                    after ? "later" : "earlier",
                                    first,
                                    Instant.ofEpochMilli(table.log().at(first).timestamp()),
                                    newest.version(),
                                    Instant.ofEpochMilli(newest.timestamp())),
                    e);
        }
    }
}
