package io.millrace.delta.parquet.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, in the byte order of the machine, as Flink's binary rows have them. */
final class Words {

    static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private Words() {}

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putShort(byte[] bytes, int at, short value) {
        SHORT.set(bytes, at, value);
    }

    /** Where a variable part begins, counted from its row or array, and its length. */
    static void putReference(byte[] bytes, int at, int offset, int length) {
        putLong(bytes, at, (long) offset << 32 | length);
    }

    static void setBit(byte[] bytes, int base, int bit) {
        bytes[base + (bit >>> 3)] |= (byte) (1 << (bit & 7));
    }

    /** Variable parts are padded to whole words. */
    static int rounded(int length) {
        return (length + 7) & ~7;
    }
}
