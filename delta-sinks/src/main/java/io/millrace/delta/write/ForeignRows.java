package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.VersionActions;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of the table need not be those that the input takes for the rows before its changes:
 * others wrote them, or brought them back. So the pre-images of their changes are read.
 *
 * <p>Files of others are told by their names. Rows of our own files come back by RESTORE; of these
 * no trace is left in the files, so from then on no row is trusted, until all of them are computed
 * anew.
 */
final class ForeignRows {

    /** In the place of a version: no row is trusted. */
    static final long NEVER = Long.MIN_VALUE;

    private final DeltaTable table;
    private final PendingResults own;
    private final BitSet files = new BitSet();
    private boolean broughtBack;

    ForeignRows(DeltaTable table, PendingResults own) {
        this.table = requireNonNull(table, "table is null");
        this.own = requireNonNull(own, "own is null");
    }

    /** Forgets the files. */
    void clear() {
        files.clear();
    }

    /** Notes whether others wrote rows of a file. */
    void set(int file, boolean foreign) {
        files.set(file, foreign);
    }

    boolean contains(int file) {
        return broughtBack || files.get(file);
    }

    /** Whether others wrote rows of one of these files. */
    boolean inAnyOf(Set<Integer> someFiles) {
        return someFiles.stream().anyMatch(files::get);
    }

    /**
     * What a state has to say of {@code version}, up to which the log was seen: that version, or
     * {@link #NEVER}.
     */
    long trusted(long version) {
        return broughtBack ? NEVER : version;
    }

    /**
     * Looks at what was committed since a checkpoint.
     *
     * @param trusted what its state says
     * @param through version to stop at
     */
    void seeSince(long trusted, long through) {
        if (trusted == NEVER) {
            broughtBack = true;
            return;
        }
        for (long version = trusted + 1; version <= through && !broughtBack; version++) {
            if (table.log().exists(version)) {
                see(table.log().at(version));
            } else {
                broughtBack = true; // For all we know.
            }
        }
    }

    /** Looks at a commit, which is of no interest if it is an own one. */
    void see(VersionActions commit) {
        if (broughtBack || own.isOwn(commit)) {
            return;
        }
        Map<String, Long> before = new HashMap<>();
        for (RemovedFile file : commit.removes()) {
            before.put(file.path(), deletedRows(file.deletionVector()));
        }
        for (DataFile file : commit.adds()) {
            // Whoever only deletes rows leaves a vector that is not smaller.
            Long deleted = before.get(file.path());
            boolean back = deleted == null || deleted > deletedRows(file.deletionVector());
            broughtBack |= back && file.dataChange() && own.isOwnFile(file.path());
        }
    }

    private static long deletedRows(Optional<DeletionVector> vector) {
        return vector.map(DeletionVector::cardinality).orElse(0L);
    }
}
