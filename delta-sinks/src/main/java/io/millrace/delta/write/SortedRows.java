package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows that wait in memory to be sorted, as many as fit; equal ones keep their order. Not
 * thread-safe.
 */
final class SortedRows {

    // A handle and a size, in arrays that grow by half, and what sorting takes.
    private static final long BYTES_PER_ROW = 26;

    private final RowOrder order;
    private final RowDataSerializer serializer;
    private final long memory;
    private final RowStore rows = new RowStore();
    private final LongArrayList handles = new LongArrayList();
    private final IntArrayList sizes = new IntArrayList();

    /**
     * @param memory in bytes
     */
    SortedRows(RowType type, RowOrder order, long memory) {
        this.order = requireNonNull(order, "order is null");
        this.serializer = new RowDataSerializer(type);
        this.memory = memory;
    }

    /** Takes the rows in their order. The row is reused. */
    @FunctionalInterface
    interface Taker {
        void take(RowData row) throws IOException;
    }

    /** Adds a copy of a row. */
    void add(RowData row) {
        BinaryRowData binary = serializer.toBinaryRow(row);
        handles.add(rows.add(binary));
        sizes.add(binary.getSizeInBytes());
    }

    /** Whether there is no room for more. */
    boolean isFull() {
        return rows.sizeInBytes() + handles.size() * BYTES_PER_ROW > memory;
    }

    /** Gives all rows away, in order. */
    void drain(Taker taker) throws IOException {
        int[] sorted = new int[handles.size()];
        Arrays.setAll(sorted, i -> i);
        BinaryRowData left = new BinaryRowData(serializer.getArity());
        BinaryRowData right = new BinaryRowData(serializer.getArity());
        IntArrays.mergeSort(sorted, (a, b) -> order.compare(row(a, left), row(b, right)));
        for (int i : sorted) {
            taker.take(row(i, left));
        }
        clear();
    }

    private BinaryRowData row(int number, BinaryRowData reuse) {
        return rows.get(handles.getLong(number), sizes.getInt(number), reuse);
    }

    /** Forgets all rows, and gives the memory back. */
    void clear() {
        rows.clear();
        handles.clear();
        handles.trim();
        sizes.clear();
        sizes.trim();
    }
}
