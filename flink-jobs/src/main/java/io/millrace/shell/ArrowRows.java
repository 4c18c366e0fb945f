package io.millrace.shell;

import io.millrace.arrow.ArrowMemory;
import io.millrace.arrow.RowVectors;
import io.millrace.delta.dataset.ArrowSchemas;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * {@code --format arrow}: an Arrow IPC stream, written batch by batch, for each statement that has
 * rows, one after the other. A changelog has a column {@code _op} before the others. What
 * statements without rows did goes to the notes.
 */
final class ArrowRows implements StatementOutput {
    private final OutputStream out;
    private final Consumer<String> notes;

    ArrowRows(OutputStream out, Consumer<String> notes) {
        this.out = out;
        this.notes = notes;
    }

    @Override
    public Rows rows(RowsHeader header) throws IOException {
        try {
            return new Batches(
                    header.changes() ? withKind(header.type()) : header.type(),
                    header.kinds().get(),
                    header.changes());
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage() + ". CAST it to one that has.", e);
        }
    }

    private static RowType withKind(RowType type) {
        List<RowType.RowField> fields = new ArrayList<>();
        fields.add(new RowType.RowField(JsonLines.KIND, new VarCharType(false, 2)));
        fields.addAll(type.getFields());
        return new RowType(fields);
    }

    @Override
    public void committed(String statement, List<Committed> commits) {
        commits.forEach(commit -> notes.accept(commit.toString()));
    }

    @Override
    public void done(String statement) {
        notes.accept("OK");
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    private final class Batches implements Rows {
        private final boolean changes;
        private final BufferAllocator allocator;
        private final VectorSchemaRoot root;
        private final ArrowStreamWriter writer;
        private final RowVectors batch;
        private boolean empty = true;

        Batches(RowType type, Map<String, String> kinds, boolean changes) throws IOException {
            Schema schema = ArrowSchemas.of(type, kinds);
            this.changes = changes;
            allocator = ArrowMemory.allocator();
            root = VectorSchemaRoot.create(schema, allocator);
            batch = new RowVectors(type, root, allocator);
            writer = new ArrowStreamWriter(root, null, out);
            writer.start();
            batch.begin();
        }

        @Override
        public void write(RowData row) throws IOException {
            if (batch.isFull()) {
                send();
            }
            try {
                batch.add(changes ? withKind(row) : row);
            } catch (OutOfMemoryException e) {
                throw new IllegalStateException(
                        "The rows cannot be written as Arrow: one needs more than the %d MiB that a batch may take. Select fewer of its columns, or use --format json."
                                .formatted(ArrowMemory.LIMIT >> 20),
                        e);
            }
            empty = false;
        }

        private static RowData withKind(RowData row) {
            StringData kind = StringData.fromString(row.getRowKind().shortString());
            return new JoinedRowData(GenericRowData.of(kind), row);
        }

        private void send() throws IOException {
            batch.end();
            writer.writeBatch();
            batch.begin();
            empty = true;
        }

        @Override
        public void flush() throws IOException {
            if (changes && !empty) {
                send();
                out.flush();
            }
        }

        @Override
        public void end() throws IOException {
            if (!empty) {
                send();
            }
            writer.end();
            out.flush();
        }

        /** Leaves the output open. */
        @Override
        public void close() {
            root.close();
            allocator.close();
        }
    }
}
