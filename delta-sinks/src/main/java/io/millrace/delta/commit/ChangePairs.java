package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.write.ChangeType;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * The change rows of a commit, made from positions: what it deletes in the base and what is live in
 * its staged files, paired by key. So they are the difference of two versions, however many flushes
 * or commits of others lie between.
 */
final class ChangePairs implements ChangedRows {

    private final KeyedMerge keyed;
    private final RowImages images;
    private final Merge merge;
    private final Map<BinaryRowData, PreImage> preImages = new HashMap<>();
    private final List<PreImage> otherDeletes = new ArrayList<>();
    private long updated;

    ChangePairs(KeyedMerge keyed, RowImages images, Merge merge) {
        this.keyed = requireNonNull(keyed, "keyed is null");
        this.images = requireNonNull(images, "images is null");
        this.merge = requireNonNull(merge, "merge is null");
    }

    /** Pairs the rows, and takes pairs that are equal out of the merge. */
    @Override
    public ChangeCounts pair() throws IOException {
        // Without deletion vectors files are written anew, and only change rows tell what was
        // deleted.
        boolean vectors = merge.base().metadata().deletionVectorsEnabled();
        if (!merge.deletions().isEmpty() && (merge.stagedRows() > 0 || !vectors)) {
            readPreImages();
            for (StagedFile file : merge.staged().values()) {
                pair(file);
            }
        }
        return new ChangeCounts(
                merge.stagedRows() - updated, updated, merge.deletions().count() - updated);
    }

    private void readPreImages() throws IOException {
        for (String path : merge.deletions().paths()) {
            RowPositions positions = merge.deletions().of(path);
            FileToRead file = FileToRead.of(merge.files().get(path));
            try (DeltaFileReader rows = keyed.open(file, RowSelection.only(positions))) {
                while (rows.hasNext()) {
                    PositionedRow row = rows.next();
                    PreImage image = new PreImage(path, row.position(), images.image(row.row()));
                    // A key may stand twice where others wrote to the table.
                    PreImage other = preImages.putIfAbsent(images.key(row.row()), image);
                    if (other != null) {
                        otherDeletes.add(image);
                    }
                }
            }
        }
    }

    private void pair(StagedFile file) throws IOException {
        List<Long> dropped = new ArrayList<>();
        try (DeltaFileReader rows = keyed.openLive(file)) {
            while (rows.hasNext()) {
                PositionedRow row = rows.next();
                BinaryRowData key = images.key(row.row());
                PreImage before = preImages.get(key);
                if (before == null) {
                    continue;
                }
                if (before.row.equals(images.image(row.row()))) {
                    preImages.remove(key);
                    merge.deletions().remove(before.path, before.position);
                    dropped.add(row.position());
                } else {
                    before.updated = true;
                    updated++;
                }
            }
        }
        for (long position : dropped) {
            merge.stagedDeletions().add(file.path(), position);
            merge.setRemerged();
        }
    }

    /** Writes the paired rows. */
    @Override
    public List<ChangeFile> write(ParquetRowWriter out) throws IOException {
        for (PreImage image : preImages.values()) {
            out.write(image.row, image.updated ? ChangeType.UPDATE_PREIMAGE : ChangeType.DELETE);
        }
        for (PreImage image : otherDeletes) {
            out.write(image.row, ChangeType.DELETE);
        }
        for (StagedFile file : merge.staged().values()) {
            try (DeltaFileReader rows = keyed.openLive(file)) {
                while (rows.hasNext()) {
                    PositionedRow row = rows.next();
                    boolean update = preImages.containsKey(images.key(row.row()));
                    out.write(row.row(), update ? ChangeType.UPDATE_POSTIMAGE : ChangeType.INSERT);
                }
            }
        }
        return out.finish().stream().map(WrittenFile::toChangeFile).toList();
    }

    private static final class PreImage {
        final String path;
        final long position;
        final BinaryRowData row;
        boolean updated;

        PreImage(String path, long position, BinaryRowData row) {
            this.path = path;
            this.position = position;
            this.row = row;
        }
    }
}
