package io.millrace.delta.write.page;

import java.util.Arrays;

/** A dictionary of byte strings, with their length before them or of one length. */
final class BytesDictionary implements ValueDictionary {

    private static final int FIRST_SLOTS = 64;

    private final int fixedLength;
    private final ByteSink page = new ByteSink(MAX_BYTES);
    private int[] slots = new int[FIRST_SLOTS];
    private int[] hashes = new int[FIRST_SLOTS];
    private int[] starts = new int[FIRST_SLOTS];
    private int entries;

    /**
     * @param fixedLength of each value; 0 where the length stands before each
     */
    BytesDictionary(int fixedLength) {
        this.fixedLength = fixedLength;
    }

    @Override
    public boolean encode(byte[] data, int count, int[] ids) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = lengthAt(data, at);
            int id = idOf(data, at, length);
            if (id < 0) {
                return false;
            }
            ids[i] = id;
            at += length;
        }
        return true;
    }

    /** Of a value with its length, which so is part of what is compared. */
    private int lengthAt(byte[] data, int at) {
        return fixedLength > 0 ? fixedLength : Integer.BYTES + ByteSink.intAt(data, at);
    }

    private int idOf(byte[] data, int at, int length) {
        int hash = hash(data, at, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (hashes[slot] == hash && isEntry(id, data, at, length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        if (entries >= MAX_ENTRIES || page.size() + length > MAX_BYTES) {
            return -1;
        }
        slots[slot] = entries + 1;
        hashes[slot] = hash;
        if (entries == starts.length) {
            starts = Arrays.copyOf(starts, 2 * entries);
        }
        starts[entries] = page.size();
        page.put(data, at, length);
        entries++;
        if (2 * entries > slots.length) {
            grow();
        }
        return entries - 1;
    }

    private boolean isEntry(int id, byte[] data, int at, int length) {
        int start = starts[id];
        int end = id + 1 == entries ? page.size() : starts[id + 1];
        return end - start == length
                && Arrays.equals(page.data(), start, end, data, at, at + length);
    }

    private static int hash(byte[] data, int at, int length) {
        long hash = length;
        int end = at + length;
        int i = at;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = (hash ^ ByteSink.longAt(data, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < end; i++) {
            hash = (hash ^ data[i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash ^ (hash >>> 32));
    }

    private void grow() {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[2 * oldSlots.length];
        hashes = new int[2 * oldSlots.length];
        int mask = slots.length - 1;
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = oldHashes[i] & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = oldSlots[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }

    @Override
    public int entries() {
        return entries;
    }

    @Override
    public ByteSink page() {
        return page;
    }

    @Override
    public void clear() {
        Arrays.fill(slots, 0);
        page.clear();
        entries = 0;
    }
}
