package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.RefusedException;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.types.RowKind;

/** What the commit of a split did with the rows of its file. */
final class ChangeKinds {

    private final ReadSpec spec;
    private final DeltaSplit split;
    private final int columns;

    ChangeKinds(ReadSpec spec, DeltaSplit split) {
        this.spec = requireNonNull(spec, "spec is null");
        this.split = requireNonNull(split, "split is null");
        this.columns = spec.columns().size();
    }

    long version() {
        return split.version();
    }

    /** Milliseconds since the epoch. */
    long timestamp() {
        return split.timestamp();
    }

    /** Whether each row says it for itself, in the column behind those read. */
    boolean differ() {
        return split.change() instanceof FileChange.ChangeRows;
    }

    /** Of all rows, where they do not differ. */
    RowKind ofAll() {
        FileChange change = split.change();
        return change instanceof FileChange.RemovedRows
                        || change instanceof FileChange.NewlyDeletedRows
                ? RowKind.DELETE
                : RowKind.INSERT;
    }

    /**
     * Of one row, where they differ.
     *
     * @param vectors the columns read, then the change types
     * @throws RefusedException if the row's change type is unknown
     */
    RowKind of(ColumnBatch rows, VectorizedColumnBatch vectors, int row) {
        BytesColumnVector types = (BytesColumnVector) vectors.columns[columns];
        return ChangeTypes.kind(types, row)
                .orElseThrow(
                        () ->
                                spec.refused(
                                        split.version(),
                                        "row "
                                                + rows.position(row)
                                                + " of "
                                                + split.change().file().path()
                                                + " has the change type "
                                                + ChangeTypes.text(types, row),
                                        "Find out what wrote it; rebuild (--rebuild) to"
                                                + " go on from a snapshot."));
    }
}
