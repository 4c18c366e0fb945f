package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a committable does to one version of its target, as row positions: those it deletes in files
 * of that version, those it deletes in its own staged files, and those in files that are gone from
 * the table. {@link KeyedMerge} corrects it where positions alone do not tell.
 */
final class Merge {

    private final DeltaTable table;
    private final TableSnapshot base;
    private final Committable committable;
    private final Map<String, StagedFile> staged = new LinkedHashMap<>();
    private final Map<String, DataFile> files;
    private final Map<String, RowPositions> vectors = new HashMap<>();
    private final FileDeletions deletions = new FileDeletions();
    private final FileDeletions stagedDeletions = new FileDeletions();
    private final FileDeletions gone = new FileDeletions();
    private boolean remerged;
    private boolean overlapping;

    private Merge(
            DeltaTable table,
            TableSnapshot base,
            LiveFiles live,
            Committable committable,
            boolean allFiles)
            throws IOException {
        this.table = requireNonNull(table, "table is null");
        this.base = requireNonNull(base, "base is null");
        this.committable = requireNonNull(committable, "committable is null");
        committable.files().forEach(file -> staged.put(file.path(), file));
        boolean deletesInBase = !staged.keySet().containsAll(committable.deletions().keySet());
        this.files = allFiles || deletesInBase ? live.of(base) : Map.of();
    }

    /**
     * @param allFiles whether the files of the base are needed even if nothing is deleted in them
     */
    static Merge of(
            DeltaTable table,
            TableSnapshot base,
            LiveFiles live,
            Committable committable,
            boolean allFiles)
            throws IOException {
        Merge merge = new Merge(table, base, live, committable, allFiles);
        committable.deletions().forEach(merge::delete);
        return merge;
    }

    private void delete(String path, byte[] serialized) {
        RowPositions positions = RowPositions.fromBytes(serialized);
        DataFile file = files.get(path);
        if (staged.containsKey(path)) {
            stagedDeletions.addAll(path, positions);
        } else if (file == null) {
            gone.addAll(path, positions);
        } else {
            long asked = positions.cardinality();
            positions.removeAll(alreadyDeleted(file));
            overlapping |= positions.cardinality() < asked;
            if (!positions.isEmpty()) {
                deletions.addAll(path, positions);
            }
        }
    }

    TableSnapshot base() {
        return base;
    }

    Committable committable() {
        return committable;
    }

    /** Files of the base by path; empty where none of them matters. */
    Map<String, DataFile> files() {
        return files;
    }

    Map<String, StagedFile> staged() {
        return staged;
    }

    /** Rows of the base that the commit deletes. */
    FileDeletions deletions() {
        return deletions;
    }

    /** Rows of staged files that are no rows of the new version. */
    FileDeletions stagedDeletions() {
        return stagedDeletions;
    }

    /** Deletions in files that somebody else has removed from the table. */
    FileDeletions gone() {
        return gone;
    }

    /** Whether rows are to be deleted that the base has deleted already. */
    boolean isOverlapping() {
        return overlapping;
    }

    /** Rows of a file of the base that are deleted there already; not to be changed. */
    RowPositions alreadyDeleted(DataFile file) {
        return vectors.computeIfAbsent(
                file.path(),
                path ->
                        file.deletionVector()
                                .map(vector -> DeletionVectors.load(table, vector))
                                .orElseGet(RowPositions::new));
    }

    long stagedRows() {
        long rows = staged.values().stream().mapToLong(StagedFile::rows).sum();
        return rows - stagedDeletions.count();
    }

    /** Whether rows stand elsewhere than the writers' indexes say. */
    boolean isRemerged() {
        return remerged;
    }

    void setRemerged() {
        remerged = true;
    }
}
