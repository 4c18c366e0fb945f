package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * Finds the rows that a committable replaces or deletes by their keys, in the version it is about
 * to be committed on, whatever happened to the table since the writers looked at it.
 *
 * <p>A key that the committable holds a live row of ends with that row; a key it deleted ends
 * without one; in a rebuild every other key ends without one too. A row that the table holds with
 * the same content stays where it is, and the staged one is dropped.
 */
final class KeyedMerge {

    private final DeltaTable table;
    private final RowImages images;
    private final Merge merge;

    KeyedMerge(DeltaTable table, RowImages images, Merge merge) {
        this.table = requireNonNull(table, "table is null");
        this.images = requireNonNull(images, "images is null");
        this.merge = requireNonNull(merge, "merge is null");
    }

    /**
     * Completes the merge's deletions by what {@code foreign} commits did.
     *
     * @param replaced files of which a rebuild replaces every row
     */
    void resolve(ForeignCommits foreign, Predicate<DataFile> replaced) throws IOException {
        boolean rebuild = merge.committable().rebuild();
        Map<BinaryRowData, Upsert> upserts = upserts();
        Set<BinaryRowData> deletes = rebuild ? Set.of() : deletes(foreign, upserts.keySet());
        for (DataFile file : List.copyOf(merge.files().values())) {
            if (rebuild || foreign.everywhere() || foreign.touched().contains(file.path())) {
                resolve(file, upserts, deletes, rebuild && replaced.test(file));
            }
        }
        merge.setRemerged();
    }

    private void resolve(
            DataFile file,
            Map<BinaryRowData, Upsert> upserts,
            Set<BinaryRowData> deletes,
            boolean replaced)
            throws IOException {
        RowPositions skip = merge.alreadyDeleted(file).copy();
        skip.addAll(merge.deletions().of(file.path()));
        try (DeltaFileReader rows =
                open(FileToRead.of(file), RowSelection.except(Optional.of(skip)))) {
            while (rows.hasNext()) {
                PositionedRow row = rows.next();
                BinaryRowData key = images.key(row.row());
                Upsert upsert = upserts.get(key);
                if (upsert == null) {
                    if (replaced || deletes.contains(key)) {
                        merge.deletions().add(file.path(), row.position());
                    }
                } else if (!upsert.dropped && upsert.digest.equals(images.digest(row.row()))) {
                    upsert.dropped = true;
                    merge.stagedDeletions().add(upsert.path, upsert.position);
                } else {
                    merge.deletions().add(file.path(), row.position());
                }
            }
        }
    }

    private Map<BinaryRowData, Upsert> upserts() throws IOException {
        Map<BinaryRowData, Upsert> upserts = new HashMap<>();
        for (StagedFile file : merge.staged().values()) {
            try (DeltaFileReader rows = openLive(file)) {
                while (rows.hasNext()) {
                    PositionedRow row = rows.next();
                    Upsert upsert =
                            new Upsert(file.path(), row.position(), images.digest(row.row()));
                    Upsert other = upserts.put(images.key(row.row()), upsert);
                    if (other != null) {
                        throw twoRows(row, file.path(), other.path);
                    }
                }
            }
        }
        return upserts;
    }

    private IllegalStateException twoRows(PositionedRow row, String path, String other) {
        return new IllegalStateException(
                "%s: cannot merge onto version %d: %s and %s hold one key twice, in row %s. Report this as an error of the writers."
                        .formatted(
                                table.location(), merge.base().version(), other, path, row.row()));
    }

    /** Keys of all deleted rows, without those that have a new row. */
    private Set<BinaryRowData> deletes(ForeignCommits foreign, Set<BinaryRowData> upserts)
            throws IOException {
        Set<BinaryRowData> keys = new HashSet<>();
        FileLookup lookup = new FileLookup(table, merge, foreign);
        for (Map.Entry<String, byte[]> entry : merge.committable().deletions().entrySet()) {
            RowPositions positions = RowPositions.fromBytes(entry.getValue());
            FileToRead file = lookup.find(entry.getKey());
            try (DeltaFileReader rows = open(file, RowSelection.only(positions))) {
                while (rows.hasNext()) {
                    keys.add(images.key(rows.next().row()));
                }
            }
        }
        keys.removeAll(upserts);
        return keys;
    }

    /** The rows of a staged file that are going to be rows of the table. */
    DeltaFileReader openLive(StagedFile file) throws IOException {
        RowPositions dropped = merge.stagedDeletions().of(file.path());
        return open(FileToRead.of(file.file()), RowSelection.except(Optional.of(dropped.copy())));
    }

    DeltaFileReader open(FileToRead file, RowSelection selection) throws IOException {
        return DeltaFileReader.open(
                table, merge.base().metadata(), file, images.columns(), selection);
    }

    private static final class Upsert {
        final String path;
        final long position;
        final ByteBuffer digest;
        boolean dropped;

        Upsert(String path, long position, ByteBuffer digest) {
            this.path = path;
            this.position = position;
            this.digest = digest;
        }
    }
}
