package io.millrace.arrow;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.ArrowSchemas;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.CloseableIterator;

/**
 * Rows as Arrow's own reader of batches: {@link #loadNextBatch()} fills {@link
 * #getVectorSchemaRoot()} with the next rows. A batch has at most 8192 rows, and ends early where
 * their vectors have grown beyond 16 MiB. Closing it ends the query.
 */
public final class RowBatches extends ArrowReader {
    private final RowType type;
    private final Schema schema;
    private final CloseableIterator<RowData> rows;
    private Optional<RowVectors> vectors = Optional.empty();

    /**
     * @param kinds semantic kinds of columns, by column; they stand in the schema
     * @param rows only valid until the next one is asked for
     */
    public RowBatches(
            RowType type,
            Map<String, String> kinds,
            CloseableIterator<RowData> rows,
            BufferAllocator allocator) {
        super(allocator);
        this.type = requireNonNull(type, "type is null");
        this.rows = requireNonNull(rows, "rows is null");
        this.schema = ArrowSchemas.of(type, kinds);
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        VectorSchemaRoot root = getVectorSchemaRoot();
        RowVectors batch = vectors.orElseGet(() -> new RowVectors(type, root, allocator));
        vectors = Optional.of(batch);
        batch.begin();
        while (!batch.isFull() && rows.hasNext()) {
            batch.add(rows.next());
        }
        return batch.end() > 0;
    }

    /** Not known: nothing is read as bytes. */
    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() throws IOException {
        try {
            rows.close();
        } catch (Exception e) {
            throw new IOException("The query cannot be closed.", e);
        }
    }
}
