package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.changes.FileChange.AddedRows;
import io.millrace.delta.source.changes.FileChange.ChangeRows;
import io.millrace.delta.source.changes.FileChange.NewlyDeletedRows;
import io.millrace.delta.source.changes.FileChange.RemovedRows;
import io.millrace.delta.source.changes.FileChange.RestoredRows;
import io.millrace.delta.source.changes.FileChange.SnapshotRows;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.types.RowKind;

/** Opens the files of a table, as rows of the read spec's columns. */
final class TableSplitOpener implements SplitOpener {

    private final ReadSpec spec;
    private final DeltaTable table;
    private final List<String> columns;
    private final List<String> changeColumns;

    private Optional<KnownSchema> schema = Optional.empty();

    TableSplitOpener(ReadSpec spec) {
        this.spec = requireNonNull(spec, "spec is null");
        this.table = spec.table();
        this.columns = spec.columns();
        this.changeColumns = new ArrayList<>(columns);
        changeColumns.add(DeltaFileReader.CHANGE_TYPE);
    }

    @Override
    public CloseableIterator<SequencedRow> open(DeltaSplit split) throws IOException {
        FileChange change = split.change();
        boolean changeRows = change instanceof ChangeRows;
        return DeltaFileReader.open(
                        table,
                        metadata(split.schemaVersion()),
                        change.file(),
                        changeRows ? changeColumns : columns,
                        selection(change).startingAt(split.nextPosition()))
                .map(row -> sequenced(row, split, changeRows ? kind(row, split) : kind(change)));
    }

    private SequencedRow sequenced(PositionedRow row, DeltaSplit split, RowKind kind) {
        byte phase =
                split.change() instanceof SnapshotRows
                        ? SequencedRows.PHASE_SNAPSHOT
                        : SequencedRows.phaseOf(kind);
        return new SequencedRow(
                SequencedRows.of(
                        row.row(), columns.size(), split.version(), split.timestamp(), phase, kind),
                row.position() + 1);
    }

    private static RowKind kind(FileChange change) {
        return change instanceof RemovedRows || change instanceof NewlyDeletedRows
                ? RowKind.DELETE
                : RowKind.INSERT;
    }

    private RowKind kind(PositionedRow positioned, DeltaSplit split) {
        GenericRowData row = positioned.row();
        String type = String.valueOf(row.getField(columns.size()));
        return switch (type) {
            case "insert" -> RowKind.INSERT;
            case "update_preimage" -> RowKind.UPDATE_BEFORE;
            case "update_postimage" -> RowKind.UPDATE_AFTER;
            case "delete" -> RowKind.DELETE;
            default ->
                    throw new RefusedException(
                            table.location()
                                    + ": cannot read the change feed of "
                                    + spec.dataset()
                                    + " at version "
                                    + split.version()
                                    + ": row "
                                    + positioned.position()
                                    + " of "
                                    + split.change().file().path()
                                    + " has the change type "
                                    + type
                                    + ". Find out what wrote it; rebuild (--rebuild) to go on"
                                    + " from a snapshot.");
        };
    }

    private RowSelection selection(FileChange change) {
        if (change instanceof AddedRows added) {
            return except(added.deleted());
        } else if (change instanceof RemovedRows removed) {
            return except(removed.deleted());
        } else if (change instanceof SnapshotRows snapshot) {
            return except(snapshot.deleted());
        } else if (change instanceof NewlyDeletedRows deleted) {
            return difference(deleted.now(), deleted.before());
        } else if (change instanceof RestoredRows restored) {
            return difference(restored.before(), restored.now());
        }
        return RowSelection.all();
    }

    private RowSelection except(Optional<DeletionVector> vector) {
        return RowSelection.except(vector.map(v -> DeletionVectors.load(table, v)));
    }

    private RowSelection difference(DeletionVector of, Optional<DeletionVector> without) {
        RowPositions rows = DeletionVectors.load(table, of);
        without.ifPresent(v -> rows.removeAll(DeletionVectors.load(table, v)));
        return RowSelection.only(rows);
    }

    private TableMetadata metadata(long version) {
        if (schema.filter(s -> s.version() == version).isEmpty()) {
            schema = Optional.of(new KnownSchema(version, table.snapshot(version).metadata()));
        }
        return schema.get().metadata();
    }

    private record KnownSchema(long version, TableMetadata metadata) {}
}
