package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.changes.AppendRules;
import io.millrace.delta.source.changes.ChangePruner;
import io.millrace.delta.source.changes.ChangeRules;
import io.millrace.delta.source.changes.FeedWindow;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.changes.SchemaRules;
import io.millrace.delta.source.enumerator.Discovery.Ending;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.source.split.SnapshotRest;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.TimeRounding;
import io.millrace.delta.table.VersionActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans from a table's log. */
final class TableFeedPlanner implements FeedPlanner {

    /** Bounds what one look holds in memory, and how late the first splits of a backlog come. */
    private static final int MAX_VERSIONS_PER_LOOK = 500;

    private static final int MAX_SPLITS_PER_LOOK = 1_000;

    /** How many looks without news until the table itself is looked at, and its log listed. */
    private static final int LOOKS_PER_CHECK = 10;

    private static final int LOOKS_PER_LISTING = 60;

    private final DeltaTable table;
    private final ReadSpec spec;
    private final SourceRun run;
    private final SchemaRules schemaRules;
    private final ChangeRules changeRules;
    private final AppendRules appendRules;
    private final LogWatch watch;
    private final SplitCutter cutter;

    private long lastVersion;

    /** In force before the next version, and whether the columns to read were looked for in it. */
    private TableMetadata metadata;

    private boolean checked;
    private ChangePruner pruner;
    private long skippedBefore;
    private volatile long filesSkipped;
    private volatile long newestVersion = -1;
    private int looksWithoutNews;

    TableFeedPlanner(DeltaTable table, ReadSpec spec, SourceRun run) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.run = requireNonNull(run, "run is null");
        this.schemaRules = new SchemaRules(spec);
        this.appendRules = new AppendRules(spec);
        this.changeRules = new ChangeRules(new SnapshotLookup(table));
        this.watch = new LogWatch(table, spec);
        this.cutter = new SplitCutter(run.limits().bytesPerSplit());
        this.lastVersion = run.lastVersion();
    }

    @Override
    public Discovery start() {
        TableSnapshot newest = table.snapshot();
        boundBy(newest);
        StartingPosition start = spec.start();
        if (start instanceof StartingPosition.Snapshot) {
            return startWithSnapshot(newest);
        } else if (start instanceof StartingPosition.Version at) {
            return startAt(at.version(), newest);
        } else if (start instanceof StartingPosition.Timestamp at) {
            return startAt(new StartVersions(table, spec, run).of(at, newest), newest);
        } else if (start instanceof StartingPosition.Cursor at) {
            return startAt(new StartVersions(table, spec, run).of(at, newest), newest);
        }
        return startAt(newest.version() + 1, newest);
    }

    private Discovery startWithSnapshot(TableSnapshot newest) {
        TableSnapshot snapshot =
                lastVersion < newest.version() ? table.snapshot(lastVersion) : newest;
        long version = snapshot.version();
        schemaRules.checkColumns(snapshot.metadata(), version);
        if (version < lastVersion) {
            schemaRules.checkFeed(snapshot.metadata(), version);
        }
        standAt(version + 1, snapshot.metadata(), true);
        FeedProgress progress =
                new FeedProgress(snapshot.metadata().id(), version + 1, version, version);
        return new Discovery(
                version,
                progress,
                splits(snapshot, Optional.empty()),
                ending(progress),
                Optional.empty());
    }

    private List<DeltaSplit> splits(TableSnapshot snapshot, Optional<SnapshotRest> rest) {
        List<DeltaSplit> splits =
                new SnapshotSplits(pruner, cutter, run.enoughRows()).of(snapshot, rest);
        filesSkipped = skippedBefore + pruner.skipped();
        return splits;
    }

    private Discovery startAt(long version, TableSnapshot newest) {
        if (version > newest.version() + 1) {
            throw spec.refused(
                    version,
                    "the newest version is " + newest.version(),
                    "Start at most at version " + (newest.version() + 1) + ".");
        }
        if (version <= Math.min(newest.version(), lastVersion)) {
            new FeedWindow(table, spec).check(version, newest.version());
        }
        TableSnapshot first = version <= newest.version() ? table.snapshot(version) : newest;
        TableSnapshot schema = columnsSince(first, newest);
        if (version <= lastVersion) {
            schemaRules.checkColumns(schema.metadata(), schema.version());
            schemaRules.checkFeed(first.metadata(), first.version());
        }
        standAt(version, schema.metadata(), true);
        FeedProgress progress =
                new FeedProgress(
                        schema.metadata().id(),
                        version,
                        FeedProgress.NO_SNAPSHOT,
                        schema.version());
        return new Discovery(version, progress, List.of(), ending(progress), Optional.empty());
    }

    /**
     * The version whose columns are read: where some have come, or got their names, after the
     * start, the newest one. Files know columns by their physical names; what they lack is null.
     */
    private TableSnapshot columnsSince(TableSnapshot first, TableSnapshot newest) {
        boolean later =
                !schemaRules.hasColumns(first.metadata())
                        && schemaRules.hasColumns(newest.metadata())
                        && newest.metadata().id().equals(first.metadata().id());
        return later ? newest : first;
    }

    @Override
    public Discovery resume(FeedProgress from, Optional<SnapshotRest> rest) {
        Optional<TableSnapshot> newest = newestUnlessUnreadable(from);
        if (newest.isPresent()) {
            watch.checkHolds(newest.get(), from.tableId(), from.nextVersion());
            boundBy(newest.get());
        }
        TableMetadata before = metadataBefore(from, newest);
        schemaRules.checkSameTable(before.id(), from.nextVersion(), from.tableId());
        List<DeltaSplit> splits = List.of();
        if (rest.isPresent()) {
            TableSnapshot snapshot = table.snapshot(from.snapshotVersion());
            follow(snapshot.metadata());
            splits = splits(snapshot, rest);
        }
        standAt(from.nextVersion(), before, false);
        return new Discovery(from.nextVersion(), from, splits, ending(from), Optional.empty());
    }

    /** Versions before one that cannot be opened are read: it is a barrier when they are done. */
    private Optional<TableSnapshot> newestUnlessUnreadable(FeedProgress from) {
        try {
            return Optional.of(table.snapshot());
        } catch (RefusedException e) {
            if (run.bounded() || !table.log().exists(from.nextVersion())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private TableMetadata metadataBefore(FeedProgress from, Optional<TableSnapshot> newest) {
        try {
            return table.metadata(from.schemaVersion(), from.nextVersion() - 1);
        } catch (RefusedException e) {
            // Its log was cleaned up since.
            return newest.orElseThrow(() -> e).metadata();
        }
    }

    @Override
    public long filesSkipped() {
        return filesSkipped;
    }

    @Override
    public long newestVersion() {
        return newestVersion;
    }

    private void follow(TableMetadata inForce) {
        skippedBefore = filesSkipped;
        metadata = inForce;
        pruner = new ChangePruner(spec.filter(), inForce);
    }

    private void standAt(long next, TableMetadata inForce, boolean isChecked) {
        follow(inForce);
        checked = isChecked;
        watch.passed(next - 1);
    }

    @Override
    public Optional<Discovery> discover(FeedProgress from) {
        long next = from.nextVersion();
        if (next > lastVersion) {
            return Optional.of(
                    new Discovery(next, from, List.of(), Ending.COMPLETE, Optional.empty()));
        }
        try {
            if (!table.log().exists(next)) {
                checkWhileWaiting(from);
                return Optional.empty();
            }
            looksWithoutNews = 0;
            watch.check(from.tableId(), next);
        } catch (RefusedException e) {
            return Optional.of(refused(from, from, List.of(), e));
        }
        return Optional.of(readFrom(from));
    }

    private Discovery readFrom(FeedProgress from) {
        FeedProgress progress = from;
        List<DeltaSplit> splits = new ArrayList<>();
        int versions = 0;
        try (CloseableIterator<VersionActions> commits = table.log().read(from.nextVersion())) {
            while (progress.nextVersion() <= lastVersion && commits.hasNext()) {
                if (versions == MAX_VERSIONS_PER_LOOK || splits.size() >= MAX_SPLITS_PER_LOOK) {
                    watch.passed(progress.nextVersion() - 1);
                    newestVersion = table.log().newestFrom(progress.nextVersion() - 1);
                    return discovery(from, progress, splits, Ending.MORE);
                }
                VersionActions commit = commits.next();
                progress = plan(commit, progress, splits);
                versions++;
            }
        } catch (RefusedException e) {
            return refused(from, progress, splits, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        watch.passed(progress.nextVersion() - 1);
        return discovery(from, progress, splits, ending(progress));
    }

    /** A barrier: what was found before it is read. */
    private static Discovery refused(
            FeedProgress from,
            FeedProgress progress,
            List<DeltaSplit> splits,
            RefusedException reason) {
        return new Discovery(
                from.nextVersion(), progress, splits, Ending.CAUGHT_UP, Optional.of(reason));
    }

    private static Discovery discovery(
            FeedProgress from, FeedProgress progress, List<DeltaSplit> splits, Ending ending) {
        return new Discovery(from.nextVersion(), progress, splits, ending, Optional.empty());
    }

    private FeedProgress plan(VersionActions commit, FeedProgress before, List<DeltaSplit> splits) {
        long version = commit.version();
        long schemaVersion = before.schemaVersion();
        if (commit.metadata().isPresent() && version <= schemaVersion) {
            schemaRules.checkSameTable(commit.metadata().get().id(), version, metadata.id());
            schemaRules.checkFeed(commit.metadata().get(), version);
        } else if (commit.metadata().isPresent()) {
            schemaRules.check(commit.metadata().get(), version, metadata);
            follow(commit.metadata().get());
            schemaVersion = version;
        } else if (!checked) {
            schemaRules.checkColumns(metadata, version);
        }
        checked = true;
        int ordinal = 0;
        List<FileChange> changes = pruner.prune(changes(commit), commit);
        SplitCutter.Origin origin =
                new SplitCutter.Origin(
                        version,
                        commit.timestamp(),
                        schemaVersion,
                        run.holding().deliveryOf(changes));
        for (FileChange change : changes) {
            ordinal = cutter.cut(change, 0, origin, ordinal, splits);
        }
        filesSkipped = skippedBefore + pruner.skipped();
        return before.after(version, schemaVersion);
    }

    private List<FileChange> changes(VersionActions commit) {
        return spec.mode() == ReadMode.APPEND_ONLY
                ? appendRules.changes(commit)
                : changeRules.changes(commit, !metadata.partitionColumns().isEmpty());
    }

    private void checkWhileWaiting(FeedProgress from) {
        looksWithoutNews++;
        if (looksWithoutNews % LOOKS_PER_CHECK == 1) {
            watch.check(from.tableId(), from.nextVersion());
        }
        if (looksWithoutNews % LOOKS_PER_LISTING == 1) {
            watch.checkNoGap(from.nextVersion());
        }
    }

    private void boundBy(TableSnapshot newest) {
        newestVersion = newest.version();
        lastVersion =
                run.bounded() && run.endVersion().isEmpty() ? newest.version() : run.lastVersion();
        if (run.endTimestamp() < newest.timestamp()) {
            lastVersion =
                    Math.min(
                            lastVersion,
                            table.log().versionAt(run.endTimestamp(), TimeRounding.AT_OR_BEFORE));
        }
    }

    private Ending ending(FeedProgress progress) {
        return progress.nextVersion() > lastVersion ? Ending.COMPLETE : Ending.CAUGHT_UP;
    }
}
