package io.millrace.delta.write;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.apache.flink.annotation.Internal;

/**
 * Where the row of each key stands: 128-bit key -> place, which is a file number and a position.
 *
 * <p>A primitive map with open addressing, in segments so that it grows in small steps: 24 bytes an
 * entry, 34 to 69 with the room it leaves. Not thread-safe.
 */
@Internal
public final class KeyIndex {

    /** No place: the key is not there. */
    public static final long ABSENT = -1;

    private static final int SEGMENTS = 64;

    private final Segment[] segments = new Segment[SEGMENTS];
    private volatile long bytes;

    public KeyIndex() {
        clear();
    }

    /** The place of a row; file numbers are below 2^31, positions below 2^32. */
    public static long place(int file, long position) {
        if (file < 0 || position < 0 || position > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "no place for position " + position + " of file " + file);
        }
        return ((long) file << 32) | position;
    }

    public static int file(long place) {
        return (int) (place >>> 32);
    }

    public static long position(long place) {
        return place & 0xffff_ffffL;
    }

    public void clear() {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment();
        }
        countBytes();
    }

    private void countBytes() {
        long sum = 0;
        for (Segment segment : segments) {
            sum += (long) segment.slots.length * Long.BYTES;
        }
        bytes = sum;
    }

    public long size() {
        long size = 0;
        for (Segment segment : segments) {
            size += segment.size;
        }
        return size;
    }

    /** Bytes that the map takes in memory. */
    public long sizeInBytes() {
        return bytes;
    }

    /** The key's place, or {@link #ABSENT}. */
    public long get(long high, long low) {
        long hash = hash(high, low);
        return segment(hash).get(high, low, hash);
    }

    /** Sets the key's place and returns the one before, or {@link #ABSENT}. */
    public long put(long high, long low, long place) {
        if (place < 0) {
            throw new IllegalArgumentException("not a place: " + place);
        }
        long hash = hash(high, low);
        Segment segment = segment(hash);
        int slots = segment.slots.length;
        long before = segment.put(high, low, hash, place);
        added(segment.slots.length - slots);
        return before;
    }

    /** Sets the place of a key that has none; returns the one that it has, or {@link #ABSENT}. */
    long putIfAbsent(long high, long low, long place) {
        long hash = hash(high, low);
        Segment segment = segment(hash);
        int slots = segment.slots.length;
        long before = segment.putIfAbsent(high, low, hash, place);
        added(segment.slots.length - slots);
        return before;
    }

    // Written by the one thread that changes the map; others only read it.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void added(int longs) {
        if (longs > 0) {
            bytes += (long) longs * Long.BYTES;
        }
    }

    /** Forgets the key and returns its place, or {@link #ABSENT}. */
    public long remove(long high, long low) {
        long hash = hash(high, low);
        return segment(hash).remove(high, low, hash);
    }

    /** Forgets every key whose place is selected, looking at all of them. */
    public void removeIf(LongPredicate places) {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = segments[i].without(places);
        }
        countBytes();
    }

    /** All keys in order; they must not change meanwhile. */
    KeyEntries entries() {
        return new SortedEntries();
    }

    /**
     * The segments follow each other in the order of hashes; within each is sorted when its turn
     * comes.
     */
    private final class SortedEntries implements KeyEntries {

        private int nextSegment;
        private long[] sorted = new long[0];
        private int at = -Segment.WIDTH;

        @Override
        public boolean next() {
            at += Segment.WIDTH;
            while (at >= sorted.length) {
                if (nextSegment == SEGMENTS) {
                    return false;
                }
                sorted = segments[nextSegment++].sorted();
                at = 0;
            }
            return true;
        }

        @Override
        public long high() {
            return sorted[at];
        }

        @Override
        public long low() {
            return sorted[at + 1];
        }

        @Override
        public long place() {
            return sorted[at + 2];
        }
    }

    private Segment segment(long hash) {
        return segments[(int) (hash >>> 58)];
    }

    static long hash(long high, long low) {
        return Murmur3.finish(low + high * 0x9e3779b97f4a7c15L);
    }

    /** Slots of three longs: high, low, place + 1, where 0 says that the slot is free. */
    private static final class Segment {

        private static final int WIDTH = 3;
        private static final int FIRST_CAPACITY = 16;

        private long[] slots = new long[FIRST_CAPACITY * WIDTH];
        private int mask = FIRST_CAPACITY - 1;
        private int size;

        long get(long high, long low, long hash) {
            int slot = find(high, low, hash);
            return slots[slot * WIDTH + 2] - 1;
        }

        long put(long high, long low, long hash, long place) {
            int at = find(high, low, hash) * WIDTH;
            long before = slots[at + 2] - 1;
            set(at, high, low, place);
            return before;
        }

        long putIfAbsent(long high, long low, long hash, long place) {
            int at = find(high, low, hash) * WIDTH;
            long before = slots[at + 2] - 1;
            if (before == ABSENT) {
                set(at, high, low, place);
            }
            return before;
        }

        private void set(int at, long high, long low, long place) {
            boolean isNew = slots[at + 2] == 0;
            slots[at] = high;
            slots[at + 1] = low;
            slots[at + 2] = place + 1;
            if (isNew && ++size > (mask + 1) / 10 * 7 + 4) {
                grow();
            }
        }

        long remove(long high, long low, long hash) {
            int slot = find(high, low, hash);
            long before = slots[slot * WIDTH + 2] - 1;
            if (before != ABSENT) {
                size--;
                close(slot);
            }
            return before;
        }

        /** The slot of the key, or the free one where it belongs. */
        private int find(long high, long low, long hash) {
            int slot = (int) hash & mask;
            while (true) {
                int at = slot * WIDTH;
                if (slots[at + 2] == 0 || (slots[at + 1] == low && slots[at] == high)) {
                    return slot;
                }
                slot = (slot + 1) & mask;
            }
        }

        /** Frees a slot, moving those behind it that would not be found any more. */
        private void close(int freed) {
            int free = freed;
            int slot = (free + 1) & mask;
            while (slots[slot * WIDTH + 2] != 0) {
                int home = (int) hash(slots[slot * WIDTH], slots[slot * WIDTH + 1]) & mask;
                if (((slot - home) & mask) >= ((slot - free) & mask)) {
                    System.arraycopy(slots, slot * WIDTH, slots, free * WIDTH, WIDTH);
                    free = slot;
                }
                slot = (slot + 1) & mask;
            }
            Arrays.fill(slots, free * WIDTH, (free + 1) * WIDTH, 0);
        }

        private void grow() {
            long[] old = slots;
            int capacity = Math.multiplyExact(mask + 1, 2);
            slots = new long[Math.multiplyExact(capacity, WIDTH)];
            mask = capacity - 1;
            for (int at = 0; at < old.length; at += WIDTH) {
                if (old[at + 2] != 0) {
                    int slot = find(old[at], old[at + 1], hash(old[at], old[at + 1]));
                    System.arraycopy(old, at, slots, slot * WIDTH, WIDTH);
                }
            }
        }

        /** High, low and place of each key. */
        long[] sorted() {
            long[] sorted = new long[size * WIDTH];
            int to = 0;
            for (int at = 0; at < slots.length; at += WIDTH) {
                if (slots[at + 2] != 0) {
                    sorted[to] = slots[at];
                    sorted[to + 1] = slots[at + 1];
                    sorted[to + 2] = slots[at + 2] - 1;
                    to += WIDTH;
                }
            }
            it.unimi.dsi.fastutil.Arrays.quickSort(
                    0,
                    size,
                    (a, b) ->
                            KeyEntries.compare(
                                    sorted[a * WIDTH],
                                    sorted[a * WIDTH + 1],
                                    sorted[b * WIDTH],
                                    sorted[b * WIDTH + 1]),
                    (a, b) -> {
                        for (int i = 0; i < WIDTH; i++) {
                            long value = sorted[a * WIDTH + i];
                            sorted[a * WIDTH + i] = sorted[b * WIDTH + i];
                            sorted[b * WIDTH + i] = value;
                        }
                    });
            return sorted;
        }

        Segment without(LongPredicate places) {
            int removed = 0;
            for (int at = 0; at < slots.length; at += WIDTH) {
                removed += slots[at + 2] != 0 && places.test(slots[at + 2] - 1) ? 1 : 0;
            }
            if (removed == 0) {
                return this;
            }
            Segment rest = new Segment();
            for (int at = 0; at < slots.length; at += WIDTH) {
                if (slots[at + 2] != 0 && !places.test(slots[at + 2] - 1)) {
                    long hash = hash(slots[at], slots[at + 1]);
                    rest.put(slots[at], slots[at + 1], hash, slots[at + 2] - 1);
                }
            }
            return rest;
        }
    }
}
