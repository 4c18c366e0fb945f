package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.CommitActions;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.CommitActionsImpl;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The commits of a table, in the order of their versions, never of their times. Never caches. */
public final class CommitLog {

    private static final Set<DeltaAction> ACTIONS =
            EnumSet.complementOf(EnumSet.of(DeltaAction.DOMAINMETADATA));

    private static final Set<DeltaAction> METADATA =
            EnumSet.of(DeltaAction.METADATA, DeltaAction.PROTOCOL);

    private final DeltaTable table;

    CommitLog(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /** Whether the commit file of this version is there. */
    public boolean exists(long version) {
        return file(version).isPresent();
    }

    /**
     * The commit file of a version, if it is there: one file status, about as cheap as a look can
     * be, however long the log is.
     */
    public Optional<CommitFile> file(long version) {
        return status(version)
                .map(file -> new CommitFile(version, file.getSize(), file.getModificationTime()));
    }

    /** The newest version, found by listing the log's end. */
    public long latestVersion() {
        return table.snapshot().version();
    }

    /**
     * The newest version, found by looks at single files from one that is there: their number grows
     * with the logarithm of the distance, and nothing is listed.
     */
    public long newestFrom(long version) {
        long there = version;
        long step = 1;
        while (exists(there + step)) {
            there += step;
            step *= 2;
        }
        for (step /= 2; step > 0; step /= 2) {
            if (exists(there + step)) {
                there += step;
            }
        }
        return there;
    }

    /** The oldest version whose commit file is there, found by listing the log. */
    public long firstVersion() {
        return new CommitTimes(table).firstVersion();
    }

    /** The versions that have a checkpoint, found by listing the log. */
    public Set<Long> checkpoints() {
        Set<Long> versions = new TreeSet<>();
        try (var files =
                table.engine()
                        .getFileSystemClient()
                        .listFrom(FileNames.listingPrefix(table.kernelLogPath(), 0))) {
            while (files.hasNext()) {
                String path = files.next().getPath();
                if (FileNames.isCheckpointFile(path)) {
                    versions.add(FileNames.checkpointVersion(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location() + ": cannot list the log: " + e.getMessage(), e);
        }
        return versions;
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
     * The commits from a version on, one by one up to the newest that is there when it is asked
     * for; none if there is no such version yet. Does not list the log.
     *
     * @throws RefusedException if the version was there once and its commit file is gone, naming
     *     the first that is left
     */
    public CloseableIterator<VersionActions> read(long fromInclusive) {
        if (!exists(fromInclusive)) {
            OptionalLong later = firstCommitFrom(fromInclusive);
            // It may have been written since, and is then a version like others.
            if (later.isPresent() && !exists(fromInclusive)) {
                throw gone(fromInclusive, later.getAsLong());
            }
        }
        return new Commits<>(fromInclusive, this::read);
    }

    /** What the commits from a version on say of themselves; reads nothing else of them. */
    public CloseableIterator<CommitSummary> history(long fromInclusive) {
        return new Commits<>(
                fromInclusive,
                (file, version) ->
                        read(
                                file,
                                "read the commit of version " + version,
                                EnumSet.of(DeltaAction.COMMITINFO),
                                ActionReader::summary));
    }

    /** The first version from one on whose commit file is there, found by listing the log. */
    public OptionalLong firstCommitFrom(long version) {
        String from = FileNames.deltaFile(table.logLocation(), version);
        try (CloseableIterator<FileStatus> files =
                table.engine().getFileSystemClient().listFrom(from)) {
            while (files.hasNext()) {
                String path = files.next().getPath();
                if (FileNames.isCommitFile(path.substring(path.lastIndexOf('/') + 1))) {
                    return OptionalLong.of(FileNames.deltaVersion(path));
                }
            }
            return OptionalLong.empty();
        } catch (FileNotFoundException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location() + ": cannot list the log: " + e.getMessage(), e);
        }
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

    /**
     * One commit.
     *
     * @throws RefusedException if it is not there
     */
    public VersionActions at(long version) {
        return read(status(version).orElseThrow(() -> gone(version, firstVersion())), version);
    }

    /** The metadata that a commit sets; empty if it is not there, or sets none. */
    Optional<TableMetadata> metadataSetBy(long version) {
        return status(version).flatMap(file -> read(file, version, METADATA).metadata());
    }

    private VersionActions read(FileStatus file, long version) {
        return read(file, version, ACTIONS);
    }

    private VersionActions read(FileStatus file, long version, Set<DeltaAction> wanted) {
        String what = "read the commit of version " + version;
        VersionActions actions = read(file, what, wanted, ActionReader::read);
        actions.protocol().ifPresent(p -> ProtocolGate.check(table.location(), what, p));
        return actions;
    }

    private <T> T read(
            FileStatus file,
            String what,
            Set<DeltaAction> wanted,
            Function<CommitActions, T> reader) {
        if (file.getSize() == 0) {
            throw Damage.emptyCommit(table, what, file);
        }
        try (CommitActionsImpl commit =
                new CommitActionsImpl(table.engine(), file, table.location(), wanted)) {
            return reader.apply(commit);
        } catch (KernelException e) {
            throw table.refused(what, e);
        } catch (RuntimeException e) {
            throw Damage.explained(table, what, e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location() + ": cannot " + what + ": " + e.getMessage(), e);
        }
    }

    private RefusedException gone(long version, long first) {
        return new RefusedException(
                "%s: cannot read version %d of the log: its commit file is gone, the first there is is that of version %d. Start there, or from a snapshot (--rebuild)."
                        .formatted(table.location(), version, first));
    }

    private Optional<FileStatus> status(long version) {
        try {
            return Optional.of(
                    table.engine()
                            .getFileSystemClient()
                            .getFileStatus(FileNames.deltaFile(table.logLocation(), version)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
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

    /** Commits by their names, so that the length of the log does not matter. */
    private final class Commits<T> implements CloseableIterator<T> {

        private final BiFunction<FileStatus, Long, T> reader;
        private long version;
        private Optional<FileStatus> next = Optional.empty();

        Commits(long from, BiFunction<FileStatus, Long, T> reader) {
            this.version = from;
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            if (next.isEmpty()) {
                next = status(version);
            }
            return next.isPresent();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException(table.location() + ": no version " + version);
            }
            T actions = reader.apply(next.get(), version);
            next = Optional.empty();
            version++;
            return actions;
        }

        @Override
        public void close() {}
    }
}
