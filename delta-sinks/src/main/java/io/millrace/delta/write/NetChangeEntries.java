package io.millrace.delta.write;

import it.unimi.dsi.fastutil.longs.LongArrayList;

/**
 * The rows of a {@link NetChangeBuffer}: where each lies, how large it is, how often it counts, and
 * the next one of its key. What is said of a row lies together, since the rows of an update are
 * looked for long after they came.
 */
final class NetChangeEntries {

    private static final int WIDTH = 3;

    // Three longs in an array that grows by half.
    private static final long BYTES_PER_ENTRY = 36;

    /** The row's handle; its size and, in the lower half, its count; the next entry. */
    private final LongArrayList words = new LongArrayList();

    /** Appends an entry and returns its number. */
    int add(long handle, int size, int count, int next) {
        int entry = size();
        words.add(handle);
        words.add(pair(size, count));
        words.add(next);
        return entry;
    }

    private static long pair(int high, int low) {
        return ((long) high << Integer.SIZE) | Integer.toUnsignedLong(low);
    }

    long handle(int entry) {
        return words.getLong(entry * WIDTH);
    }

    /** Bytes of the row. */
    int size(int entry) {
        return (int) (words.getLong(entry * WIDTH + 1) >>> Integer.SIZE);
    }

    int count(int entry) {
        return (int) words.getLong(entry * WIDTH + 1);
    }

    void setCount(int entry, int count) {
        words.set(entry * WIDTH + 1, pair(size(entry), count));
    }

    int next(int entry) {
        return (int) words.getLong(entry * WIDTH + 2);
    }

    void setNext(int entry, int next) {
        words.set(entry * WIDTH + 2, next);
    }

    private int size() {
        return words.size() / WIDTH;
    }

    long sizeInBytes() {
        return size() * BYTES_PER_ENTRY;
    }

    /** Forgets everything, and gives the memory back. */
    void clear() {
        words.clear();
        words.trim();
    }
}
