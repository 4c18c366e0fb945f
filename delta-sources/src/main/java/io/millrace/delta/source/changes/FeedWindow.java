package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.VersionActions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;

/**
 * Whether the feed of a table can be read from a version on: its log must still hold that version,
 * and its files must be there. The oldest commits are cleaned up first, and so are the oldest
 * files, so the first version of a window speaks for the others.
 */
@Internal
public final class FeedWindow {

    private final DeltaTable table;
    private final ReadSpec spec;
    private final ChangeRules rules = new ChangeRules((path, version) -> Map.of());

    public FeedWindow(DeltaTable table, ReadSpec spec) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
    }

    /**
     * @param from the first version to read, at most {@code newest}
     * @param newest the newest version of the table
     * @throws io.millrace.delta.table.RefusedException naming the first version that can be read
     */
    public void check(long from, long newest) {
        long first = table.log().firstSnapshotVersion();
        if (from < first) {
            throw spec.refused(
                    from,
                    "its commit was cleaned up from the log, the first readable version is "
                            + first
                            + ", the newest "
                            + newest,
                    wayOut(first, newest));
        }
        Optional<String> gone = missingFile(from);
        if (gone.isPresent()) {
            long readable = firstWithFiles(from + 1, newest);
            throw spec.refused(
                    from,
                    "its file "
                            + gone.get()
                            + " is gone (VACUUM), "
                            + (readable > newest
                                    ? "and so are files of the newest version " + newest
                                    : "the first readable version is " + readable),
                    wayOut(readable, newest));
        }
    }

    private static String wayOut(long first, long newest) {
        return first > newest
                ? "Start from a snapshot (--rebuild)."
                : "Start at version " + first + " or later, or from a snapshot (--rebuild).";
    }

    /** Looks where the files begin to be there: between two versions all are gone before it. */
    private long firstWithFiles(long from, long newest) {
        long low = from;
        long high = newest + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (missingFile(middle).isPresent()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Optional<String> missingFile(long version) {
        VersionActions commit = table.log().at(version);
        Stream<String> paths =
                spec.mode() == ReadMode.APPEND_ONLY
                        ? commit.adds().stream().filter(DataFile::dataChange).map(DataFile::path)
                        : rules.changes(commit, false).stream().map(change -> change.file().path());
        return paths.filter(path -> !table.hasFile(path)).findFirst();
    }
}
