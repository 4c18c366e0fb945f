package io.millrace.functions.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Unkeyed BLAKE2b (RFC 7693) with the digest length in the parameter block. One instance hashes any
 * number of messages, one after the other; not thread-safe. Each of the finishing methods ends a
 * message and leaves the hasher ready for the next.
 */
public final class StableHasher {

    private static final VarHandle TWO =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** The two digits of each byte, the first one lower. */
    private static final short[] HEX = pairs(256, 16);

    /** The two digits of each number below 100. */
    private static final short[] DECIMAL = pairs(100, 10);

    private static final byte[] SMALLEST = Ascii.bytes(Long.toString(Long.MIN_VALUE));

    /** More than a number has digits. */
    private static final int LONGEST = 20;

    private final Blake2b digest;
    private final byte[] digits = new byte[LONGEST];

    private static short[] pairs(int count, int radix) {
        short[] pairs = new short[count];
        for (int i = 0; i < count; i++) {
            pairs[i] =
                    (short)
                            (Character.forDigit(i / radix, radix)
                                    | Character.forDigit(i % radix, radix) << Byte.SIZE);
        }
        return pairs;
    }

    private StableHasher(int bytes) {
        this.digest = new Blake2b(bytes);
    }

    /** An 8-byte digest, for {@link #finishLong()}. */
    public static StableHasher of64() {
        return new StableHasher(Long.BYTES);
    }

    /** A 16-byte digest, for {@link #finishHex()}. */
    public static StableHasher of128() {
        return new StableHasher(2 * Long.BYTES);
    }

    static StableHasher ofBytes(int bytes) {
        return new StableHasher(bytes);
    }

    public StableHasher update(byte[] bytes) {
        digest.update(bytes, 0, bytes.length);
        return this;
    }

    public StableHasher update(byte single) {
        digest.update(single);
        return this;
    }

    /** The UTF-8 of a text, from where it lies: a field of a binary row is not copied out. */
    StableHasher update(StringData text) {
        if (text instanceof BinaryStringData binary) {
            binary.ensureMaterialized();
            MemorySegment[] segments = binary.getSegments();
            if (segments.length == 1) {
                digest.update(segments[0], binary.getOffset(), binary.getSizeInBytes());
                return this;
            }
        }
        return update(text.toBytes());
    }

    /** A number in decimal. */
    StableHasher updateDecimal(long value) {
        if (value == Long.MIN_VALUE) {
            return update(SMALLEST);
        }
        int from = writeDecimal(Math.abs(value));
        if (value < 0) {
            from--;
            digits[from] = '-';
        }
        digest.update(digits, from, LONGEST - from);
        return this;
    }

    /**
     * Writes the digits of a number that is not negative, up to the end; returns where they start.
     */
    private int writeDecimal(long value) {
        int at = LONGEST;
        long rest = value;
        while (rest >= 10) {
            long hundreds = rest / 100;
            at -= 2;
            TWO.set(digits, at, DECIMAL[(int) (rest - hundreds * 100)]);
            rest = hundreds;
        }
        if (rest > 0 || at == LONGEST) {
            at--;
            digits[at] = (byte) ('0' + rest);
        }
        return at;
    }

    /** The first 8 bytes of the digest, big-endian, without the sign bit. */
    public long finishLong() {
        digest.finish();
        long value = Long.reverseBytes(digest.word(0)) & Long.MAX_VALUE;
        digest.next();
        return value;
    }

    /** The digest as lower-case hexadecimal ASCII. */
    public byte[] finishHex() {
        byte[] hex = new byte[digest.length() * 2];
        writeHex(hex, 0);
        return hex;
    }

    /** {@code prefix:hex}. */
    StringData finishHexId(StringData prefix) {
        byte[] start = prefix.toBytes();
        byte[] id = withPrefix(start, digest.length() * 2);
        writeHex(id, start.length + 1);
        return StringData.fromBytes(id);
    }

    /** {@code prefix:decimal}. */
    StringData finishLongId(StringData prefix) {
        byte[] start = prefix.toBytes();
        int from = writeDecimal(finishLong());
        byte[] id = withPrefix(start, LONGEST - from);
        System.arraycopy(digits, from, id, start.length + 1, LONGEST - from);
        return StringData.fromBytes(id);
    }

    private static byte[] withPrefix(byte[] prefix, int rest) {
        byte[] id = new byte[prefix.length + 1 + rest];
        System.arraycopy(prefix, 0, id, 0, prefix.length);
        id[prefix.length] = ':';
        return id;
    }

    private void writeHex(byte[] target, int from) {
        digest.finish();
        for (int i = 0; i < digest.length(); i++) {
            int value = (int) (digest.word(i >> 3) >>> ((i & 7) << 3)) & 0xFF;
            TWO.set(target, from + 2 * i, HEX[value]);
        }
        digest.next();
    }
}
