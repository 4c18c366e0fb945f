package io.millrace.arrow;

import static java.util.Objects.requireNonNull;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** The vectors of a batch, filled row by row. */
public final class RowVectors {
    private static final int ROWS = 8192;
    private static final long BYTES = 16L << 20;
    private static final int ROWS_BETWEEN_LOOKS = 16;

    private final VectorSchemaRoot root;
    private final BufferAllocator allocator;
    private final ColumnWriter[] writers;
    private final RowData.FieldGetter[] getters;
    private int rows;
    private boolean full;

    /**
     * @param root of the schema that {@code ArrowSchemas} gives for the type
     * @param allocator whose memory is the batch's only
     */
    public RowVectors(RowType type, VectorSchemaRoot root, BufferAllocator allocator) {
        this.root = requireNonNull(root, "root is null");
        this.allocator = requireNonNull(allocator, "allocator is null");
        int columns = type.getFieldCount();
        writers = new ColumnWriter[columns];
        getters = new RowData.FieldGetter[columns];
        for (int i = 0; i < columns; i++) {
            writers[i] = ColumnWriter.of(type.getTypeAt(i), root.getVector(i));
            getters[i] = ColumnWriter.getter(type.getTypeAt(i), i);
        }
    }

    /** Takes all rows out. */
    public void begin() {
        root.clear();
        root.allocateNew();
        rows = 0;
        full = false;
    }

    public void add(RowData row) {
        for (int i = 0; i < writers.length; i++) {
            Object value = getters[i].getFieldOrNull(row);
            if (value != null) {
                writers[i].set(rows, value);
            }
        }
        rows++;
        full =
                rows == ROWS
                        || (rows % ROWS_BETWEEN_LOOKS == 0
                                && allocator.getAllocatedMemory() > BYTES);
    }

    /** Whether a batch should end here: it has 8192 rows, or its vectors are beyond 16 MiB. */
    public boolean isFull() {
        return full;
    }

    /**
     * Makes the rows those of the root.
     *
     * @return how many they are
     */
    public int end() {
        root.setRowCount(rows);
        return rows;
    }
}
