package io.millrace.delta.write.page;

import java.util.Arrays;

/** A dictionary of values of 4 or 8 bytes; two are equal if their bits are. */
final class FixedDictionary implements ValueDictionary {

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FIRST_SLOTS = 64;

    private final int width;
    private final ByteSink page = new ByteSink(MAX_BYTES);
    private long[] keys = new long[FIRST_SLOTS];
    private int[] slots = new int[FIRST_SLOTS];
    private int entries;

    FixedDictionary(int width) {
        this.width = width;
    }

    @Override
    public boolean encode(byte[] data, int count, int[] ids) {
        for (int i = 0; i < count; i++) {
            long key =
                    width == Integer.BYTES
                            ? ByteSink.intAt(data, i * Integer.BYTES)
                            : ByteSink.longAt(data, i * Long.BYTES);
            int id = idOf(key);
            if (id < 0) {
                return false;
            }
            ids[i] = id;
        }
        return true;
    }

    private int idOf(long key) {
        int mask = slots.length - 1;
        int slot = slotOf(key, mask);
        while (slots[slot] != 0) {
            if (keys[slot] == key) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (entries >= MAX_ENTRIES || page.size() + width > MAX_BYTES) {
            return -1;
        }
        keys[slot] = key;
        slots[slot] = ++entries;
        if (width == Integer.BYTES) {
            page.putInt((int) key);
        } else {
            page.putLong(key);
        }
        if (2 * entries > slots.length) {
            grow();
        }
        return entries - 1;
    }

    private static int slotOf(long key, int mask) {
        return (int) ((key * MIX) >>> 32) & mask;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[2 * oldKeys.length];
        slots = new int[2 * oldSlots.length];
        int mask = slots.length - 1;
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = slotOf(oldKeys[i], mask);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = oldKeys[i];
                slots[slot] = oldSlots[i];
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
