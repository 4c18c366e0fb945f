package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.vector.DecodedVector;
import java.util.List;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/** The vectors of one batch: those that leaf readers fill, and those made of them. */
final class VectorSet {

    private final List<Node> columns;
    private final List<DecodedVector> leafVectors;
    private final VectorizedColumnBatch batch;

    private VectorSet(List<Node> columns, List<DecodedVector> leafVectors) {
        this.columns = requireNonNull(columns, "columns is null");
        this.leafVectors = requireNonNull(leafVectors, "leafVectors is null");
        this.batch =
                new VectorizedColumnBatch(
                        columns.stream().map(Node::vector).toArray(ColumnVector[]::new));
    }

    /**
     * @param builder which has made these columns and no others
     */
    static VectorSet of(List<Node> columns, NodeBuilder builder) {
        return new VectorSet(columns, builder.leafVectors());
    }

    /** From now on the readers, all of the file in their order, fill this set. */
    void fillBy(List<LeafReader> leaves) {
        for (int i = 0; i < leafVectors.size(); i++) {
            leaves.get(i).fill(leafVectors.get(i));
        }
    }

    /** The columns, once the leaves of {@code rows} rows are read. */
    VectorizedColumnBatch assembled(int rows) {
        columns.forEach(Node::assemble);
        batch.setNumRows(rows);
        return batch;
    }
}
