package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.changes.SchemaRules;
import io.millrace.delta.table.CommitFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Notices that the table a source follows is not the one that it has read so far: dropped, made
 * anew, restored from a copy, or its log cut. All of these change or remove the commit file of the
 * last version that was read, which otherwise nobody does; so a look costs one file status.
 */
final class LogWatch {

    private static final String REBUILD = "Rebuild the results (--rebuild) from a snapshot.";

    private final DeltaTable table;
    private final ReadSpec spec;
    private final SchemaRules rules;

    private Optional<CommitFile> last = Optional.empty();

    LogWatch(DeltaTable table, ReadSpec spec) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.rules = new SchemaRules(spec);
    }

    /** Remembers where the source stands: after this version. */
    void passed(long version) {
        last = version < 0 ? Optional.empty() : table.log().file(version);
    }

    /**
     * @param tableId id of the table that was read so far
     * @param next the version to be read next
     * @throws RefusedException if there is no such version to wait for or to read
     */
    void check(String tableId, long next) {
        if (last.isEmpty() || table.log().file(last.get().version()).equals(last)) {
            return;
        }
        if (!table.exists()) {
            throw spec.refused(
                    next,
                    "there is no table any more",
                    "Make it again and rebuild the results (--rebuild), or take the source out of"
                            + " the pipeline.");
        }
        TableSnapshot newest = table.snapshot();
        checkHolds(newest, tableId, next);
        passed(last.get().version());
    }

    /**
     * Lists the log: one whose next commit is missing looks like one without news.
     *
     * @throws RefusedException if later commits are there
     */
    void checkNoGap(long next) {
        OptionalLong later = table.log().firstCommitFrom(next);
        if (later.isPresent() && later.getAsLong() > next && !table.log().exists(next)) {
            throw gone(next, later.getAsLong());
        }
    }

    private RefusedException gone(long next, long first) {
        return spec.refused(
                next,
                "its commit file is gone from the log, the next one there is that of version "
                        + first,
                REBUILD);
    }

    /** Checks that what a source has read is a part of the table's history. */
    void checkHolds(TableSnapshot newest, String tableId, long next) {
        rules.checkSameTable(newest.metadata().id(), next, tableId);
        if (newest.version() + 1 < next) {
            throw spec.refused(
                    next,
                    "what was read ends with version "
                            + (next - 1)
                            + ", the newest version is "
                            + newest.version(),
                    "The log was cut, or the table was restored from a copy; rebuild the results"
                            + " (--rebuild).");
        }
        if (newest.version() >= next) {
            checkNoGap(next);
        }
    }
}
