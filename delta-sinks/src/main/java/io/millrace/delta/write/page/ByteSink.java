package io.millrace.delta.write.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow, little-endian. Not thread-safe.
 *
 * <p>Says when it holds a page's worth, without asking on each value.
 */
final class ByteSink {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_CAPACITY = 128;

    private final int enough;
    private byte[] data = new byte[FIRST_CAPACITY];
    private int size;
    private int limit;
    private boolean full;

    /**
     * @param enough bytes from which on this is full; it takes more
     */
    ByteSink(int enough) {
        this.enough = enough;
        clear();
    }

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    int capacity() {
        return data.length;
    }

    boolean isFull() {
        return full;
    }

    void clear() {
        size = 0;
        full = false;
        limit = Math.min(data.length, enough);
    }

    /** Makes room for {@code count} bytes more, to be written by the caller. */
    int advance(int count) {
        int start = size;
        if (count > limit - start) {
            makeRoom(count);
        }
        size = start + count;
        return start;
    }

    private void makeRoom(int count) {
        long needed = (long) size + count;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("a page of " + needed + " bytes is too large");
        }
        full |= needed > enough;
        if (needed > data.length) {
            long doubled = Math.min(2L * data.length, Integer.MAX_VALUE - 8);
            data = Arrays.copyOf(data, (int) Math.max(needed, doubled));
        }
        limit = full ? data.length : Math.min(data.length, enough);
    }

    void putByte(int value) {
        int at = advance(1);
        data[at] = (byte) value;
    }

    void putInt(int value) {
        int at = advance(Integer.BYTES);
        INT.set(data, at, value);
    }

    void putLong(long value) {
        int at = advance(Long.BYTES);
        LONG.set(data, at, value);
    }

    void put(byte[] source, int offset, int length) {
        int at = advance(length);
        System.arraycopy(source, offset, data, at, length);
    }

    void setInt(int position, int value) {
        INT.set(data, position, value);
    }

    /** Up to 7 bytes out of a long, the lowest first. */
    void putLowBytes(long value, int count) {
        int at = advance(Long.BYTES);
        LONG.set(data, at, value);
        size = at + count;
    }

    /** An unsigned number in groups of 7 bits. */
    void putVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            putByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    static int intAt(byte[] data, int position) {
        return (int) INT.get(data, position);
    }

    static long longAt(byte[] data, int position) {
        return (long) LONG.get(data, position);
    }
}
