package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.write.ChangeType;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.WrittenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The change rows of a commit to a table without a key, as the difference of two multisets: of
 * equal rows, as many stay where they are as go and come. Keeps a digest of each staged row.
 */
final class ChangeMultiset implements ChangedRows {

    private final KeyedMerge reader;
    private final RowImages images;
    private final Merge merge;

    /** Where a row is staged. */
    private record Place(String path, long position) {}

    ChangeMultiset(KeyedMerge reader, RowImages images, Merge merge) {
        this.reader = requireNonNull(reader, "reader is null");
        this.images = requireNonNull(images, "images is null");
        this.merge = requireNonNull(merge, "merge is null");
    }

    /** Deletes all rows of some files of the base but those that are staged again. */
    void replace(Predicate<DataFile> replaced) throws IOException {
        Map<ByteBuffer, Deque<Place>> staged = staged();
        for (DataFile file : merge.files().values()) {
            if (!replaced.test(file)) {
                continue;
            }
            Optional<RowPositions> skip = Optional.of(merge.alreadyDeleted(file).copy());
            try (DeltaFileReader rows =
                    reader.open(FileToRead.of(file), RowSelection.except(skip))) {
                while (rows.hasNext()) {
                    PositionedRow row = rows.next();
                    if (!drop(staged, row)) {
                        merge.deletions().add(file.path(), row.position());
                    }
                }
            }
        }
    }

    @Override
    public ChangeCounts pair() throws IOException {
        if (!merge.committable().rebuild()
                && !merge.deletions().isEmpty()
                && merge.stagedRows() > 0) {
            Map<ByteBuffer, Deque<Place>> staged = staged();
            for (String path : List.copyOf(merge.deletions().paths())) {
                try (DeltaFileReader rows = openDeleted(path)) {
                    while (rows.hasNext()) {
                        PositionedRow row = rows.next();
                        if (drop(staged, row)) {
                            merge.deletions().remove(path, row.position());
                        }
                    }
                }
            }
        }
        return new ChangeCounts(merge.stagedRows(), 0, merge.deletions().count());
    }

    @Override
    public List<ChangeFile> write(ParquetRowWriter out) throws IOException {
        for (String path : merge.deletions().paths()) {
            try (DeltaFileReader rows = openDeleted(path)) {
                while (rows.hasNext()) {
                    out.write(rows.next().row(), ChangeType.DELETE);
                }
            }
        }
        for (StagedFile file : merge.staged().values()) {
            try (DeltaFileReader rows = reader.openLive(file)) {
                while (rows.hasNext()) {
                    out.write(rows.next().row(), ChangeType.INSERT);
                }
            }
        }
        return out.finish().stream().map(WrittenFile::toChangeFile).toList();
    }

    private DeltaFileReader openDeleted(String path) throws IOException {
        RowPositions positions = merge.deletions().of(path).copy();
        return reader.open(FileToRead.of(merge.files().get(path)), RowSelection.only(positions));
    }

    private Map<ByteBuffer, Deque<Place>> staged() throws IOException {
        Map<ByteBuffer, Deque<Place>> staged = new HashMap<>();
        for (StagedFile file : merge.staged().values()) {
            try (DeltaFileReader rows = reader.openLive(file)) {
                while (rows.hasNext()) {
                    PositionedRow row = rows.next();
                    staged.computeIfAbsent(images.digest(row.row()), d -> new ArrayDeque<>(1))
                            .add(new Place(file.path(), row.position()));
                }
            }
        }
        return staged;
    }

    /** Drops a staged row that is equal, if there is one left. */
    private boolean drop(Map<ByteBuffer, Deque<Place>> staged, PositionedRow row) {
        Deque<Place> equal = staged.get(images.digest(row.row()));
        if (equal == null || equal.isEmpty()) {
            return false;
        }
        Place place = equal.remove();
        merge.stagedDeletions().add(place.path(), place.position());
        return true;
    }
}
