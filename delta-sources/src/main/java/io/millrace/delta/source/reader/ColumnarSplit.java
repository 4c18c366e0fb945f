package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.row.EncodedRows;
import io.millrace.delta.parquet.row.RowEncoder;
import io.millrace.delta.scan.AlignedBatches;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.split.DeltaSplit;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.types.RowKind;

/** A split as batches of its file's columns, whose picked rows are encoded. */
final class ColumnarSplit implements SplitRows {

    private final DeltaSplit split;
    private final ColumnarFileReader file;
    private final RowPicker picker;
    private final AlignedBatches aligned;
    private final RowEncoder encoder;
    private final ChangeKinds kinds;
    private final FileCounts counts;
    private final int columns;

    private Optional<ColumnBatch> batch = Optional.empty();
    private VectorizedColumnBatch vectors = new VectorizedColumnBatch(new ColumnVector[0]);
    private int[] picked = {};
    private int pickedCount;
    private int next;

    ColumnarSplit(
            ReadSpec spec,
            DeltaSplit split,
            ColumnarFileReader file,
            RowPicker picker,
            AlignedBatches aligned,
            RowEncoder encoder) {
        this.split = requireNonNull(split, "split is null");
        this.file = requireNonNull(file, "file is null");
        this.picker = requireNonNull(picker, "picker is null");
        this.aligned = requireNonNull(aligned, "aligned is null");
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.kinds = new ChangeKinds(spec, split);
        this.counts = new FileCounts(file);
        this.columns = spec.columns().size();
    }

    @Override
    public void read(ReadBatch into) throws IOException {
        encodeNext((EncodedBatch) into);
        counts.addTo(into.counts());
    }

    private void encodeNext(EncodedBatch into) throws IOException {
        while (next == pickedCount) {
            batch = file.next();
            if (batch.isEmpty()) {
                into.setLast();
                return;
            }
            pick(batch.get());
        }
        ColumnBatch rows = batch.orElseThrow();
        int count = encoder.encode(vectors, picked, next, pickedCount, into.rows());
        for (int i = 0; i < count; i++) {
            into.setNextPosition(i, rows.position(picked[next + i]) + 1);
        }
        if (kinds.differ()) {
            setEachKind(rows, into, count);
        } else {
            setOneKind(into, count);
        }
        next += count;
    }

    private void pick(ColumnBatch rows) {
        if (picked.length < rows.rows()) {
            picked = new int[rows.rows()];
        }
        pickedCount = picker.pick(rows, picked);
        vectors = aligned.align(rows.vectors(), rows.rows());
        next = 0;
    }

    private void setEachKind(ColumnBatch rows, EncodedBatch into, int count) {
        for (int i = 0; i < count; i++) {
            RowKind kind = kinds.of(rows, vectors, picked[next + i]);
            finish(into, i, kind, SequencedRows.phaseOf(kind));
            into.count(kind, 1);
        }
    }

    private void setOneKind(EncodedBatch into, int count) {
        RowKind kind = kinds.ofAll();
        byte phase =
                split.change() instanceof FileChange.SnapshotRows
                        ? SequencedRows.PHASE_SNAPSHOT
                        : SequencedRows.phaseOf(kind);
        for (int i = 0; i < count; i++) {
            finish(into, i, kind, phase);
        }
        into.count(kind, count);
    }

    private void finish(EncodedBatch into, int index, RowKind kind, byte phase) {
        EncodedRows rows = into.rows();
        rows.setKind(index, kind);
        rows.setLong(index, SequencedRows.versionPosition(columns), split.version());
        rows.setLong(index, SequencedRows.timestampPosition(columns), split.timestamp());
        rows.setByte(
                index,
                SequencedRows.phasePosition(columns),
                SequencedRows.delivered(phase, split.delivery()));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
