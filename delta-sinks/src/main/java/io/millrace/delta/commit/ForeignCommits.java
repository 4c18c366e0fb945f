package io.millrace.delta.commit;

import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.VersionActions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was committed to a target since a key index saw it, that the index does not know.
 *
 * @param any whether there was anything
 * @param everywhere whether rows may have stayed where the writers think they are not, so that only
 *     the whole table tells where a key is
 * @param touched paths that foreign commits added or added again
 * @param added every file added since, by path
 */
record ForeignCommits(
        boolean any, boolean everywhere, Set<String> touched, Map<String, DataFile> added) {

    static final ForeignCommits NONE = new ForeignCommits(false, false, Set.of(), Map.of());

    ForeignCommits {
        touched = Set.copyOf(touched);
        added = Map.copyOf(added);
    }

    /**
     * The columns that a statement keeps are in the rows it has staged, as they were when it read
     * them.
     *
     * @param version that is committed on
     * @throws RefusedException if they may be others now
     */
    void check(CommitKind kind, String location, long version) {
        if (any && kind instanceof CommitKind.SomeColumns columns) {
            throw new RefusedException(
                    "%s: cannot commit rows that keep the columns %s at version %d: others have committed since these were read. Run the statement again."
                            .formatted(location, new TreeSet<>(columns.kept()), version));
        }
    }

    /** The commits after {@code indexVersion} up to {@code through}. */
    static ForeignCommits between(
            DeltaTable table, String sinkId, long indexVersion, long through) {
        if (indexVersion >= through) {
            return NONE;
        }
        boolean any = false;
        boolean everywhere = false;
        Set<String> touched = new HashSet<>();
        Map<String, DataFile> added = new HashMap<>();
        // One by one: a list of the log would grow with it.
        for (long version = indexVersion + 1; version <= through; version++) {
            VersionActions commit = table.log().at(version);
            commit.adds().forEach(file -> added.put(file.path(), file));
            boolean own = commit.transactions().containsKey(sinkId);
            boolean remerged = CommitParameters.isRemerged(commit.info().parameters());
            boolean changesFiles = !commit.adds().isEmpty() || !commit.removes().isEmpty();
            if (own ? !remerged : !changesFiles) {
                continue;
            }
            any = true;
            everywhere |= own;
            commit.adds().forEach(file -> touched.add(file.path()));
        }
        return new ForeignCommits(any, everywhere, touched, added);
    }
}
