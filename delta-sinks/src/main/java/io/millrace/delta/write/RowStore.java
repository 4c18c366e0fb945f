package io.millrace.delta.write;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.types.RowKind;

/** Rows as bytes, one behind the other in pages; rows are added and all forgotten at once. */
final class RowStore {

    /** Small enough to be an ordinary object for the garbage collector, whatever the heap. */
    private static final int PAGE_SIZE = 1 << 18;

    private static final int FIRST_PAGE_SIZE = 1 << 12;

    private final List<MemorySegment> pages = new ArrayList<>();
    private int used;
    private long bytes;

    /** Adds a copy of the row, its kind left out, and returns its handle. */
    long add(BinaryRowData row) {
        int size = row.getSizeInBytes();
        MemorySegment page = pages.isEmpty() ? null : pages.get(pages.size() - 1);
        if (page == null || page.size() - used < size) {
            int standard = pages.isEmpty() ? FIRST_PAGE_SIZE : PAGE_SIZE;
            page = MemorySegmentFactory.wrap(new byte[Math.max(standard, size)]);
            pages.add(page);
            bytes += page.size();
            used = 0;
        }
        MemorySegment[] segments = row.getSegments();
        if (segments.length == 1) {
            segments[0].copyTo(row.getOffset(), page, used, size);
        } else {
            BinaryRowData whole = row.copy();
            whole.getSegments()[0].copyTo(whole.getOffset(), page, used, size);
        }
        page.put(used, RowKind.INSERT.toByteValue());
        long handle = ((long) (pages.size() - 1) << 32) | used;
        used += size;
        return handle;
    }

    /** Whether the row with this handle and size has the same fields as {@code row}. */
    boolean isEqual(long handle, int size, BinaryRowData row) {
        if (size != row.getSizeInBytes()) {
            return false;
        }
        BinaryRowData whole = row.getSegments().length == 1 ? row : row.copy();
        // The first byte is the kind of the row.
        return page(handle)
                .equalTo(
                        whole.getSegments()[0],
                        offset(handle) + 1,
                        whole.getOffset() + 1,
                        size - 1);
    }

    /** Lets {@code reuse} be the row with this handle, until the next row is asked for with it. */
    BinaryRowData get(long handle, int size, BinaryRowData reuse) {
        reuse.pointTo(page(handle), offset(handle), size);
        return reuse;
    }

    /** Bytes of all pages. */
    long sizeInBytes() {
        return bytes;
    }

    void clear() {
        pages.clear();
        used = 0;
        bytes = 0;
    }

    private MemorySegment page(long handle) {
        return pages.get((int) (handle >>> 32));
    }

    private static int offset(long handle) {
        return (int) handle;
    }
}
