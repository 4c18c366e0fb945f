package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.CommitActions;
import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.CommitRangeNotFoundException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.StartVersionNotFoundException;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.utils.CloseableIterator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The commits of a table, in the order of their versions, never of their times. Never caches. */
public final class CommitLog {

    private static final Set<DeltaAction> ACTIONS =
            EnumSet.complementOf(EnumSet.of(DeltaAction.DOMAINMETADATA));

    private final DeltaTable table;

    CommitLog(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * Whether the commit file of this version is there: one file status, about as cheap as a look
     * can be.
     */
    public boolean exists(long version) {
        try {
            table.engine()
                    .getFileSystemClient()
                    .getFileStatus(FileNames.deltaFile(table.logLocation(), version));
            return true;
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location()
                            + ": cannot look for version "
                            + version
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The newest version, found by listing the log's end. */
    public long latestVersion() {
        return table.snapshot().version();
    }

    /** The oldest version whose commit file is there, found by listing the log. */
    public long firstVersion() {
        return new CommitTimes(table).firstVersion();
    }

    /** The oldest version that can be opened: the log still says which files made it up. */
    public long firstSnapshotVersion() {
        return new CommitTimes(table).firstSnapshotVersion();
    }

    /**
     * The version that a point in time stands for.
     *
     * @param timestamp epoch milliseconds
     * @throws RefusedException if the log has no such version, naming the first and the last that
     *     it holds, and their times
     */
    public long versionAt(long timestamp, TimeRounding rounding) {
        return new CommitTimes(table).versionAt(timestamp, rounding);
    }

    /**
     * The commits from a version on, up to the newest that is there when this is called; none if
     * there is no such version yet.
     *
     * @throws RefusedException if the version was there once and its commit file is gone, naming
     *     the first that is left
     */
    public CloseableIterator<VersionActions> read(long fromInclusive) {
        CommitRange range;
        try {
            range =
                    TableManager.loadCommitRange(
                                    table.location(), CommitBoundary.atVersion(fromInclusive))
                            .build(table.engine());
        } catch (CommitRangeNotFoundException e) {
            return new NoCommits();
        } catch (StartVersionNotFoundException e) {
            throw new RefusedException(
                    table.location()
                            + ": cannot read the change feed from version "
                            + fromInclusive
                            + ": its commit file is gone from the log. "
                            + e.getMessage()
                            + " Start again from a snapshot (--rebuild), or from a version that the log still holds.",
                    e);
        } catch (KernelException e) {
            throw table.refused("read the log from version " + fromInclusive, e);
        }
        return range.getCommitActions(table.engine(), ACTIONS).map(this::read);
    }

    /** The newest commit at or before a version that carries a transaction of this application. */
    public Optional<VersionActions> lastTransaction(String appId, long atOrBefore) {
        for (long version = atOrBefore; version >= 0 && exists(version); version--) {
            VersionActions actions = at(version);
            if (actions.transactions().containsKey(appId)) {
                return Optional.of(actions);
            }
        }
        return Optional.empty();
    }

    /** One commit that is known to be there. */
    public VersionActions at(long version) {
        CommitRange range =
                TableManager.loadCommitRange(table.location(), CommitBoundary.atVersion(version))
                        .withEndBoundary(CommitBoundary.atVersion(version))
                        .build(table.engine());
        try (CloseableIterator<CommitActions> commits =
                range.getCommitActions(table.engine(), ACTIONS)) {
            return read(commits.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private VersionActions read(CommitActions commit) {
        String what = "read the commit of version " + commit.getVersion();
        try {
            VersionActions actions = ActionReader.read(commit);
            actions.protocol().ifPresent(p -> ProtocolGate.check(table.location(), what, p));
            return actions;
        } catch (KernelException e) {
            throw table.refused(what, e);
        }
    }

    /** Nothing was committed yet. */
    private static final class NoCommits implements CloseableIterator<VersionActions> {

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public VersionActions next() {
            throw new java.util.NoSuchElementException("no commits");
        }

        @Override
        public void close() {}
    }
}
