package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Turns deleted positions into actions, never two for one path beyond the pair of a remove and an
 * add: by deletion vectors, all in one file, or by writing files anew where the table has none.
 */
final class FileActions {

    private final DeltaTable table;
    private final TableMetadata metadata;
    private final long now;
    private final Supplier<ParquetRowWriter> writers;
    private final List<DataFile> adds = new ArrayList<>();
    private final List<RemovedFile> removes = new ArrayList<>();
    private final Map<String, Partly> partly = new LinkedHashMap<>();

    /** A file of which some rows stay. */
    private record Partly(DataFile file, RowPositions deleted) {}

    FileActions(
            DeltaTable table,
            TableMetadata metadata,
            long now,
            Supplier<ParquetRowWriter> writers) {
        this.table = requireNonNull(table, "table is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.now = now;
        this.writers = requireNonNull(writers, "writers is null");
    }

    /**
     * Takes whole files out of the table.
     *
     * @return how many rows they had
     */
    long removeAll(Merge merge, Predicate<DataFile> removed) throws IOException {
        long rows = 0;
        for (DataFile file : merge.files().values()) {
            if (removed.test(file)) {
                rows += rows(file) - merge.alreadyDeleted(file).cardinality();
                removes.add(file.toRemoved(now));
            }
        }
        return rows;
    }

    /** Makes the actions; call once. */
    void make(Merge merge) throws IOException {
        for (StagedFile staged : merge.staged().values()) {
            RowPositions deleted = merge.stagedDeletions().of(staged.path());
            if (deleted.isEmpty()) {
                adds.add(staged.file());
            } else if (deleted.cardinality() < staged.rows()) {
                partly.put(staged.path(), new Partly(staged.file(), deleted));
            }
        }
        for (String path : merge.deletions().paths()) {
            DataFile file = merge.files().get(path);
            RowPositions deleted = merge.alreadyDeleted(file).copy();
            deleted.addAll(merge.deletions().of(path));
            removes.add(file.toRemoved(now));
            if (deleted.cardinality() < rows(file)) {
                partly.put(path, new Partly(file, deleted));
            }
        }
        if (metadata.deletionVectorsEnabled()) {
            addWithVectors();
        } else if (!partly.isEmpty()) {
            merge.setRemerged();
            writeAnew();
        }
    }

    List<DataFile> adds() {
        return adds;
    }

    List<RemovedFile> removes() {
        return removes;
    }

    /** Whether only change files can tell what changed. */
    boolean hidesChanges() {
        return !metadata.deletionVectorsEnabled() && !partly.isEmpty();
    }

    private void addWithVectors() {
        Map<String, RowPositions> deleted = new LinkedHashMap<>();
        partly.forEach((path, part) -> deleted.put(path, part.deleted()));
        Map<String, DeletionVector> vectors = DeletionVectors.write(table, deleted);
        for (Partly part : partly.values()) {
            DataFile file = part.file();
            // A checkpoint of the log has forgotten dataChange, this commit does change rows.
            adds.add(
                    new DataFile(
                            file.path(),
                            file.partitionValues(),
                            file.size(),
                            file.modificationTime(),
                            true,
                            Optional.of(vectors.get(file.path())),
                            Json.withWideBounds(file.stats()),
                            file.tags(),
                            file.rowIds()));
        }
    }

    private void writeAnew() throws IOException {
        try (ParquetRowWriter out = writers.get()) {
            for (Partly part : partly.values()) {
                RowSelection live = RowSelection.except(Optional.of(part.deleted()));
                try (DeltaFileReader rows =
                        open(part.file(), metadata.schema().fieldNames(), live)) {
                    while (rows.hasNext()) {
                        out.write(rows.next().row());
                    }
                }
            }
            for (WrittenFile file : out.finish()) {
                adds.add(file.toStagedFile(now).file());
            }
        }
    }

    private long rows(DataFile file) throws IOException {
        OptionalLong records = Json.numRecords(file.stats());
        if (records.isPresent()) {
            return records.getAsLong();
        }
        long rows = 0;
        try (DeltaFileReader all = open(file, List.of(), RowSelection.all())) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    private DeltaFileReader open(DataFile file, List<String> columns, RowSelection selection)
            throws IOException {
        return DeltaFileReader.open(table, metadata, FileToRead.of(file), columns, selection);
    }
}
