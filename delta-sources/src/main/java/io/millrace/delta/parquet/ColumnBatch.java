package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/**
 * Some rows that stand one after the other in a file.
 *
 * @param vectors of the columns asked for, in their order; valid until the next batch is read
 * @param rows number of rows, at least one
 * @param firstPosition index in the file of the first row
 */
@Internal
public record ColumnBatch(VectorizedColumnBatch vectors, int rows, long firstPosition) {

    public ColumnBatch {
        requireNonNull(vectors, "vectors is null");
    }

    /** The index in the file of a row of this batch. */
    public long position(int row) {
        return firstPosition + row;
    }
}
