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

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The two digits of each number below 100, the first one lower. */
    private static final short[] DECIMAL = decimals();

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private static final byte[] SMALLEST = Ascii.bytes(Long.toString(Long.MIN_VALUE));

    /** More than a number has digits. */
    private static final int LONGEST = 20;

    private final Blake2b digest;
    private final byte[] digits = new byte[LONGEST];

    private static short[] decimals() {
        short[] pairs = new short[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (('0' + i / 10) | (('0' + i % 10) << Byte.SIZE));
        }
        return pairs;
    }

    private static long[] powersOfTen() {
        long[] powers = new long[LONGEST - 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
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
        if (value < 0) {
            digest.update((byte) '-');
        }
        long absolute = Math.abs(value);
        int count = digitCount(absolute);
        int end = digest.take(count);
        if (end >= 0) {
            writeDecimal(absolute, digest.block(), end);
        } else {
            writeDecimal(absolute, digits, count);
            digest.update(digits, 0, count);
        }
        return this;
    }

    /** How many digits a number has that is not negative. */
    private static int digitCount(long value) {
        // 1233 / 4096 is a little more than log10(2): right, or one too few.
        int atLeast = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >> 12;
        return atLeast < POWERS_OF_TEN.length && value >= POWERS_OF_TEN[atLeast]
                ? atLeast + 1
                : Math.max(atLeast, 1);
    }

    /** Writes the digits of a number that is not negative, so that they end before a position. */
    private static void writeDecimal(long value, byte[] target, int end) {
        int at = end;
        long rest = value;
        while (rest >= 10) {
            long hundreds = rest / 100;
            at -= 2;
            TWO.set(target, at, DECIMAL[(int) (rest - hundreds * 100)]);
            rest = hundreds;
        }
        // A number of an odd count of digits has one left, and so has zero.
        if (rest > 0 || at == end) {
            target[at - 1] = (byte) ('0' + rest);
        }
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
        long value = finishLong();
        byte[] id = withPrefix(start, digitCount(value));
        writeDecimal(value, id, id.length);
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
        int length = digest.length();
        int at = 0;
        for (; at + Integer.BYTES <= length; at += Integer.BYTES) {
            EIGHT.set(
                    target, from + 2 * at, hexOf((int) (digest.word(at >> 3) >>> ((at & 7) * 8))));
        }
        for (; at < length; at++) {
            long pair = hexOf((int) (digest.word(at >> 3) >>> ((at & 7) * 8)) & 0xFF);
            TWO.set(target, from + 2 * at, (short) pair);
        }
        digest.next();
    }

    /** The eight hexadecimal digits of four bytes, the lowest first. */
    private static long hexOf(int bytes) {
        long apart = Integer.toUnsignedLong(bytes);
        apart = (apart | (apart << 16)) & 0x0000FFFF0000FFFFL;
        apart = (apart | (apart << 8)) & 0x00FF00FF00FF00FFL;
        long nibbles = ((apart >>> 4) & 0x000F000F000F000FL) | ((apart & 0x000F000F000F000FL) << 8);
        long letters = ((nibbles + 0x0606060606060606L) >>> 4) & 0x0101010101010101L;
        return nibbles + 0x3030303030303030L + letters * ('a' - '0' - 10);
    }
}
