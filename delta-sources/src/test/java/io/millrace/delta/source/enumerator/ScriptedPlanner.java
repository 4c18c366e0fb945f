package io.millrace.delta.source.enumerator;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.enumerator.Discovery.Ending;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.source.split.SnapshotRest;
import io.millrace.delta.table.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table with versions as the test adds them; each version has some splits. */
final class ScriptedPlanner implements FeedPlanner {

    private final List<Integer> splitsOfVersions = new ArrayList<>();
    private final long lastVersion;
    private int versionsPerLook = Integer.MAX_VALUE;
    private Optional<RefusedException> refusal = Optional.empty();

    ScriptedPlanner(long lastVersion) {
        this.lastVersion = lastVersion;
    }

    ScriptedPlanner version(int splits) {
        splitsOfVersions.add(splits);
        return this;
    }

    ScriptedPlanner versionsPerLook(int versions) {
        versionsPerLook = versions;
        return this;
    }

    void refuseNext(RefusedException e) {
        refusal = Optional.of(e);
    }

    @Override
    public Discovery start() {
        return discover(new FeedProgress("id", 0, FeedProgress.NO_SNAPSHOT, 0))
                .orElseThrow(() -> new IllegalStateException("no version"));
    }

    @Override
    public Discovery resume(FeedProgress from, Optional<SnapshotRest> rest) {
        return new Discovery(from.nextVersion(), from, List.of(), ending(from), Optional.empty());
    }

    @Override
    public Optional<Discovery> discover(FeedProgress from) {
        FeedProgress progress = from;
        List<DeltaSplit> splits = new ArrayList<>();
        while (progress.nextVersion() < splitsOfVersions.size()
                && progress.nextVersion() - from.nextVersion() < versionsPerLook
                && progress.nextVersion() <= lastVersion) {
            long version = progress.nextVersion();
            for (int i = 0; i < splitsOfVersions.get((int) version); i++) {
                splits.add(split(version, i));
            }
            progress = progress.after(version, 0);
        }
        if (progress.equals(from) && refusal.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Discovery(from.nextVersion(), progress, splits, ending(progress), refusal));
    }

    static DeltaSplit split(long version, int ordinal) {
        return new DeltaSplit(
                version,
                ordinal,
                0,
                0,
                new FileChange.ChangeRows(new FileToRead("f", 1, Map.of())),
                0);
    }

    @Override
    public long filesSkipped() {
        return 7;
    }

    @Override
    public long newestVersion() {
        return splitsOfVersions.size() - 1L;
    }

    private Ending ending(FeedProgress progress) {
        if (progress.nextVersion() < Math.min(splitsOfVersions.size(), lastVersion)) {
            return Ending.MORE;
        }
        return progress.nextVersion() > lastVersion ? Ending.COMPLETE : Ending.CAUGHT_UP;
    }
}
