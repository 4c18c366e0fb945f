package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.vector.FieldVector;
import io.millrace.delta.parquet.vector.StructVector;
import io.millrace.delta.parquet.vector.VectorRow;
import io.millrace.delta.scan.AlignedBatches;
import io.millrace.delta.source.EmittedRows.Viewed;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/** Rows that stay in the vectors which they were decoded into. */
final class VectorBatch extends ReadBatch {

    private final Viewed view;
    private final AlignedBatches aligned;
    private final CommitVectors commit;
    private final int columns;
    private final VectorRow row = new VectorRow();

    private int[] picked = {};
    private int count;
    private long firstPosition;

    /**
     * @param aligned of this batch alone, since it holds what it made of the columns
     * @param columns number of columns read
     */
    VectorBatch(Viewed view, AlignedBatches aligned, int columns) {
        this.view = requireNonNull(view, "view is null");
        this.aligned = requireNonNull(aligned, "aligned is null");
        this.columns = columns;
        this.commit = new CommitVectors(columns);
    }

    /** Takes the picked rows of what was read. */
    void fill(ColumnBatch read, RowPicker picker, ChangeKinds kinds) throws IOException {
        if (picked.length < read.rows()) {
            picked = new int[read.rows()];
        }
        count = picker.pick(read, picked);
        firstPosition = read.firstPosition();
        VectorizedColumnBatch vectors = aligned.align(read.vectors(), read.rows());
        commit.fill(read, vectors, picked, count, kinds, this);
        row.setFields(
                view.fields().stream()
                        .map(path -> field(vectors, path))
                        .toArray(FieldVector[]::new));
    }

    private FieldVector field(VectorizedColumnBatch vectors, List<Integer> path) {
        int column = path.get(0);
        return column < columns
                ? field(vectors.columns[column], path.subList(1, path.size()))
                : commit.field(column);
    }

    /** Vectors of a struct's fields are null where the struct is. */
    private static FieldVector field(ColumnVector vector, List<Integer> path) {
        return !path.isEmpty() && vector instanceof StructVector struct
                ? field(struct.field(path.get(0)), path.subList(1, path.size()))
                // Without the struct, it is a column that the file lacks: null at every depth.
                : FieldVector.of(vector);
    }

    @Override
    int count() {
        return count;
    }

    @Override
    RowData row(int index) {
        row.moveTo(picked[index]);
        return row;
    }

    @Override
    long nextPosition(int index) {
        return firstPosition + picked[index] + 1;
    }

    @Override
    int sizeInBytes() {
        return 0;
    }

    @Override
    void clear() {
        super.clear();
        count = 0;
    }
}
