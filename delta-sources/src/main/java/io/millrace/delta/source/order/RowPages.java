package io.millrace.delta.source.order;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * Rows as bytes, one behind the other: rows are added, and all forgotten at once. For the garbage
 * collector these are a few arrays that it need not move, where a row of its own is three objects.
 */
final class RowPages {

    /** What a row takes beyond its bytes. */
    static final int LENGTH_BYTES = Integer.BYTES;

    private static final int FIRST_PAGE = 1 << 9;

    /** Small enough to be an ordinary object for the garbage collector, whatever the heap. */
    private static final int LARGEST_PAGE = 1 << 18;

    private final List<Page> pages = new ArrayList<>();
    private int rows;

    /** Adds a copy of the row, with its kind. */
    void add(BinaryRowData row) {
        BinaryRowData whole = row.getSegments().length == 1 ? row : row.copy();
        int size = whole.getSizeInBytes();
        Page page = pageFor(LENGTH_BYTES + size);
        page.bytes.putIntBigEndian(page.used, size);
        whole.getSegments()[0].copyTo(
                whole.getOffset(), page.bytes, page.used + LENGTH_BYTES, size);
        page.used += LENGTH_BYTES + size;
        rows++;
    }

    private Page pageFor(int size) {
        Page last = pages.isEmpty() ? null : pages.get(pages.size() - 1);
        if (last != null && last.bytes.size() - last.used >= size) {
            return last;
        }
        int next = last == null ? FIRST_PAGE : Math.min(2 * last.bytes.size(), LARGEST_PAGE);
        Page page = new Page(MemorySegmentFactory.wrap(new byte[Math.max(next, size)]));
        pages.add(page);
        return page;
    }

    int rows() {
        return rows;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** Hands out all rows in their order; it is the same object each time. */
    void forEach(int columns, Consumer<BinaryRowData> out) {
        BinaryRowData row = new BinaryRowData(columns);
        for (Page page : pages) {
            int at = 0;
            while (at < page.used) {
                int size = page.bytes.getIntBigEndian(at);
                row.pointTo(page.bytes, at + LENGTH_BYTES, size);
                out.accept(row);
                at += LENGTH_BYTES + size;
            }
        }
    }

    /** Writes all rows, as Flink's serializer for rows does. */
    void writeTo(ByteTaker out) throws IOException {
        for (Page page : pages) {
            out.take(page.bytes.getArray(), page.used);
        }
    }

    /** Takes the first bytes of an array. */
    @FunctionalInterface
    interface ByteTaker {
        void take(byte[] bytes, int length) throws IOException;
    }

    void clear() {
        pages.clear();
        rows = 0;
    }

    /** Its first {@code used} bytes are rows, each behind its length. */
    private static final class Page {

        private final MemorySegment bytes;
        private int used;

        Page(MemorySegment bytes) {
            this.bytes = bytes;
        }
    }
}
