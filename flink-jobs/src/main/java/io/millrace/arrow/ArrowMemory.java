package io.millrace.arrow;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Memory outside the heap for an Arrow stream that is written. One batch is there at a time; it is
 * sent beyond 16 MiB, and vectors that grow are there twice for a moment. So it is rows of many
 * megabytes that need the rest, and those beyond it fail.
 */
public final class ArrowMemory {
    /** Bytes that a stream may take. */
    public static final long LIMIT = 256L << 20;

    private ArrowMemory() {}

    /** An allocator that gives out at most {@link #LIMIT} bytes. */
    public static BufferAllocator allocator() {
        return new RootAllocator(LIMIT);
    }
}
