package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.ReadRange;
import io.millrace.delta.parquet.row.RowEncoder;
import io.millrace.delta.scan.AlignedBatches;
import io.millrace.delta.source.EmittedRows;
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
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** Opens the files of a table, as rows of the read spec's columns. */
final class TableSplitOpener implements SplitOpener {

    /** Of a batch, so that it goes through the processor's cache. */
    private static final int BYTES_PER_BATCH = 512 << 10;

    /** One is emitted, one is read, the others wait. */
    private static final int MAX_VECTOR_BATCHES = 4;

    private final ReadSpec spec;
    private final EmittedRows emitted;
    private final DeltaTable table;
    private final AlignedBatches aligned;
    private final RowType changeColumns;
    private final RowEncoder encoder;

    private Optional<KnownSchema> schema = Optional.empty();
    private Optional<KnownRows> rows = Optional.empty();

    /** Of rows for the sequencer. */
    TableSplitOpener(ReadSpec spec) {
        this(spec, new EmittedRows.Sequenced());
    }

    TableSplitOpener(ReadSpec spec, EmittedRows emitted) {
        this.spec = requireNonNull(spec, "spec is null");
        this.emitted = requireNonNull(emitted, "emitted is null");
        this.table = spec.table();
        this.aligned = new AlignedBatches(spec.rowType(), spec.alignment());
        this.changeColumns = withChangeType(aligned.tableColumns());
        this.encoder =
                new RowEncoder(
                        spec.rowType().getChildren(), SequencedRows.EXTRA_COLUMNS, BYTES_PER_BATCH);
    }

    private static RowType withChangeType(RowType columns) {
        List<RowType.RowField> fields = new ArrayList<>(columns.getFields());
        fields.add(
                new RowType.RowField(
                        DeltaFileReader.CHANGE_TYPE, new VarCharType(VarCharType.MAX_LENGTH)));
        return new RowType(false, fields);
    }

    @Override
    public ReadBatch newBatch() {
        return emitted instanceof EmittedRows.Viewed viewed
                ? new VectorBatch(
                        viewed,
                        new AlignedBatches(spec.rowType(), spec.alignment()),
                        spec.columns().size())
                : new EncodedBatch(spec.columns().size() + SequencedRows.EXTRA_COLUMNS);
    }

    @Override
    public int maxBatches() {
        return emitted instanceof EmittedRows.Viewed ? MAX_VECTOR_BATCHES : Integer.MAX_VALUE;
    }

    @Override
    public SplitRows open(DeltaSplit split) throws IOException {
        FileChange change = split.change();
        RowPicker picker = picker(change);
        ColumnarFileReader file =
                ColumnarFileReader.open(
                        table,
                        metadata(split),
                        change.file(),
                        change instanceof ChangeRows ? changeColumns : aligned.tableColumns(),
                        new ReadRange(split.range(), split.nextPosition(), spec.filter()),
                        emitted instanceof EmittedRows.Viewed ? MAX_VECTOR_BATCHES - 1 : 0);
        return emitted instanceof EmittedRows.Viewed
                ? new VectorSplit(file, picker, new ChangeKinds(spec, split))
                : new ColumnarSplit(spec, split, file, picker, aligned, encoder);
    }

    private RowPicker picker(FileChange change) {
        if (rows.isEmpty() || !rows.get().change().equals(change)) {
            // The splits of a large file follow each other.
            rows = Optional.of(new KnownRows(change, markedRows(change)));
        }
        Optional<RowPositions> marked = rows.get().marked();
        return change instanceof NewlyDeletedRows || change instanceof RestoredRows
                ? RowPicker.only(marked.orElseThrow())
                : RowPicker.except(marked);
    }

    private Optional<RowPositions> markedRows(FileChange change) {
        if (change instanceof AddedRows added) {
            return added.deleted().map(this::load);
        } else if (change instanceof RemovedRows removed) {
            return removed.deleted().map(this::load);
        } else if (change instanceof SnapshotRows snapshot) {
            return snapshot.deleted().map(this::load);
        } else if (change instanceof NewlyDeletedRows deleted) {
            return Optional.of(difference(deleted.now(), deleted.before()));
        } else if (change instanceof RestoredRows restored) {
            return Optional.of(difference(restored.before(), restored.now()));
        }
        return Optional.empty();
    }

    private RowPositions load(DeletionVector vector) {
        return DeletionVectors.load(table, vector);
    }

    private RowPositions difference(DeletionVector of, Optional<DeletionVector> without) {
        RowPositions positions = load(of);
        without.ifPresent(vector -> positions.removeAll(load(vector)));
        return positions;
    }

    /** Kept while splits name the same version, so its log may be cleaned up meanwhile. */
    private TableMetadata metadata(DeltaSplit split) {
        long version = split.schemaVersion();
        if (schema.filter(s -> s.version() == version).isEmpty()) {
            TableMetadata metadata = table.metadata(version, split.version());
            schema = Optional.of(new KnownSchema(version, metadata));
        }
        return schema.get().metadata();
    }

    private record KnownSchema(long version, TableMetadata metadata) {}

    /** The rows that a deletion vector marks, or that differ between two. */
    private record KnownRows(FileChange change, Optional<RowPositions> marked) {}
}
