package io.millrace.arrow;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** The rows of an Arrow reader, one batch in memory at a time. Closing it closes the reader. */
public final class ArrowRowReader implements AutoCloseable {
    private final ArrowReader reader;
    private final RowType type;
    private final List<FieldVector> vectors;
    private final ColumnReader[] columns;
    private int rows;
    private int next;

    /**
     * @throws io.millrace.delta.table.RefusedException if a column is of a type that cannot be
     *     taken
     */
    public ArrowRowReader(ArrowReader reader) throws IOException {
        this.reader = requireNonNull(reader, "reader is null");
        this.type = ArrowTypes.of(reader.getVectorSchemaRoot().getSchema());
        this.vectors = reader.getVectorSchemaRoot().getFieldVectors();
        this.columns = new ColumnReader[vectors.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnReader.of(type.getTypeAt(i), vectors.get(i));
        }
    }

    /** The columns, in Flink's types. */
    public RowType type() {
        return type;
    }

    /**
     * Whether there is another row; {@link #next()} is to be called once for each time it is true.
     */
    public boolean hasNext() throws IOException {
        while (next == rows) {
            if (!reader.loadNextBatch()) {
                return false;
            }
            rows = reader.getVectorSchemaRoot().getRowCount();
            next = 0;
        }
        return true;
    }

    /** The next row, which stays valid. */
    public RowData next() {
        GenericRowData row = new GenericRowData(columns.length);
        for (int i = 0; i < columns.length; i++) {
            row.setField(i, ColumnReader.nullable(vectors.get(i), columns[i], next));
        }
        next++;
        return row;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
