package io.millrace.delta.write.page;

import java.util.Arrays;

/** Hashes of the values of a column chunk, for its bloom filter. */
final class HashList {

    private long[] hashes = new long[64];
    private int size;

    void add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = hash;
    }

    /** The hashes, each once, in order. */
    long[] distinct() {
        Arrays.sort(hashes, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
        return Arrays.copyOf(hashes, kept);
    }

    long bytes() {
        return (long) hashes.length * Long.BYTES;
    }

    void clear() {
        size = 0;
    }
}
