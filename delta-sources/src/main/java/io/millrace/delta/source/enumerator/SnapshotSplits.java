package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.changes.ChangePruner;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.changes.FileChange.SnapshotRows;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.SnapshotRest;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The splits of a first snapshot, in the order of the files' paths: the order of the log changes
 * with its checkpoints, and what is left must be known by a place in it.
 */
final class SnapshotSplits {

    private final ChangePruner pruner;
    private final SplitCutter cutter;
    private final long enoughRows;

    SnapshotSplits(ChangePruner pruner, SplitCutter cutter, long enoughRows) {
        this.pruner = requireNonNull(pruner, "pruner is null");
        this.cutter = requireNonNull(cutter, "cutter is null");
        this.enoughRows = enoughRows;
    }

    /**
     * @param rest where the splits begin; with the first file if there is none
     */
    List<DeltaSplit> of(TableSnapshot snapshot, Optional<SnapshotRest> rest) {
        List<SnapshotRows> files = files(snapshot, rest.map(SnapshotRest::path).orElse(""));
        files.sort(Comparator.comparing(rows -> rows.file().path()));
        long version = snapshot.version();
        SplitCutter.Origin origin =
                new SplitCutter.Origin(version, snapshot.timestamp(), version, Delivery.KEPT);
        List<DeltaSplit> splits = new ArrayList<>();
        int ordinal = rest.map(SnapshotRest::ordinal).orElse(0);
        for (FileChange rows : files) {
            String path = rows.file().path();
            long from = rest.filter(r -> r.path().equals(path)).map(SnapshotRest::start).orElse(0L);
            ordinal = cutter.cut(rows, from, origin, ordinal, splits);
        }
        return splits;
    }

    private List<SnapshotRows> files(TableSnapshot snapshot, String firstPath) {
        List<SnapshotRows> kept = new ArrayList<>();
        boolean limited = enoughRows < SourceRun.ALL_ROWS;
        long certainRows = 0;
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext() && certainRows < enoughRows) {
                DataFile file = files.next();
                if (file.path().compareTo(firstPath) >= 0 && pruner.keeps(file)) {
                    certainRows += limited ? pruner.certainRows(file) : 0;
                    kept.add(new SnapshotRows(FileToRead.of(file), file.deletionVector()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }
}
