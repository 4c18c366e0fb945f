package io.millrace.functions.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.flink.core.memory.MemorySegment;

/**
 * Unkeyed BLAKE2b (RFC 7693), any number of messages one after the other; not thread-safe. Made for
 * short messages: a message of up to 128 bytes is one compression over local variables, and the
 * first two words of the digest can be had without its bytes.
 */
final class Blake2b {

    private static final int BLOCK = 128;
    private static final int WORDS = 16;
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The fractions of the square roots of the first eight primes. */
    private static final long IV0 = 0x6A09E667F3BCC908L;

    private static final long IV1 = 0xBB67AE8584CAA73BL;
    private static final long IV2 = 0x3C6EF372FE94F82BL;
    private static final long IV3 = 0xA54FF53A5F1D36F1L;
    private static final long IV4 = 0x510E527FADE682D1L;
    private static final long IV5 = 0x9B05688C2B3E6C1FL;
    private static final long IV6 = 0x1F83D9ABFB41BD6BL;
    private static final long IV7 = 0x5BE0CD19137E2179L;

    /** Which word of the message goes where, for each of the twelve rounds. */
    private static final byte[] SCHEDULE =
            schedule(
                    "0123456789ABCDEF",
                    "EA489FD61C02B753",
                    "B8C052FDAE367194",
                    "7931DCBE265A40F8",
                    "905724AFE1BC683D",
                    "2C6A0B834D75FE19",
                    "C51FED4A0763928B",
                    "DB7EC13950F4862A",
                    "6FE9B308C2D714A5",
                    "A2847615FB9E3CD0",
                    "0123456789ABCDEF",
                    "EA489FD61C02B753");

    private final int length;
    private final byte[] block = new byte[BLOCK];
    private final long[] words = new long[WORDS];
    private final long[] state = new long[8];
    private int filled;
    private long before;

    /**
     * Digests of a length.
     *
     * @param length 1 to 64 bytes; goes into the digest
     */
    Blake2b(int length) {
        if (length < 1 || length > 64) {
            throw new IllegalArgumentException("a digest has 1 to 64 bytes, not " + length);
        }
        this.length = length;
        reset();
    }

    private static byte[] schedule(String... rounds) {
        byte[] schedule = new byte[rounds.length * WORDS];
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] = (byte) Character.digit(rounds[i / WORDS].charAt(i % WORDS), 16);
        }
        return schedule;
    }

    private void reset() {
        filled = 0;
        before = 0;
        state[0] = IV0 ^ 0x01010000L ^ length;
        state[1] = IV1;
        state[2] = IV2;
        state[3] = IV3;
        state[4] = IV4;
        state[5] = IV5;
        state[6] = IV6;
        state[7] = IV7;
    }

    int length() {
        return length;
    }

    /** Appends one byte to the message. */
    void update(byte single) {
        if (filled == BLOCK) {
            compressFull();
        }
        block[filled++] = single;
    }

    /**
     * Appends bytes that the caller writes into {@link #block()}, up to the position that comes
     * back; -1 and nothing where so many do not fit into the block.
     */
    int take(int count) {
        if (count > BLOCK - filled) {
            return -1;
        }
        filled += count;
        return filled;
    }

    /** Where the message's next bytes are gathered. */
    byte[] block() {
        return block;
    }

    /** Appends bytes to the message. */
    void update(byte[] bytes, int offset, int count) {
        int from = offset;
        int left = count;
        while (left > BLOCK - filled) {
            int some = BLOCK - filled;
            System.arraycopy(bytes, from, block, filled, some);
            compressFull();
            from += some;
            left -= some;
        }
        System.arraycopy(bytes, from, block, filled, left);
        filled += left;
    }

    /** The same from memory of Flink. */
    void update(MemorySegment bytes, int offset, int count) {
        int from = offset;
        int left = count;
        while (left > BLOCK - filled) {
            int some = BLOCK - filled;
            bytes.get(from, block, filled, some);
            compressFull();
            from += some;
            left -= some;
        }
        bytes.get(from, block, filled, left);
        filled += left;
    }

    /** More follows: the last block is the one that the end of the message finds. */
    private void compressFull() {
        before += BLOCK;
        compress(before, 0);
        filled = 0;
    }

    /** Ends the message; {@link #word} then gives its digest until {@link #next}. */
    void finish() {
        Arrays.fill(block, filled, BLOCK, (byte) 0);
        compress(before + filled, -1);
    }

    /** Eight bytes of the digest, the first one lowest. */
    long word(int position) {
        return state[position];
    }

    /** Ready for another message. */
    void next() {
        reset();
    }

    private static long right(long word, int bits) {
        return Long.rotateRight(word, bits);
    }

    private void compress(long total, long last) {
        byte[] bytes = block;
        long[] m = words;
        for (int i = 0; i < WORDS; i++) {
            m[i] = (long) WORD.get(bytes, i * Long.BYTES);
        }
        long[] h = state;
        long a0 = h[0];
        long a1 = h[1];
        long a2 = h[2];
        long a3 = h[3];
        long b0 = h[4];
        long b1 = h[5];
        long b2 = h[6];
        long b3 = h[7];
        long c0 = IV0;
        long c1 = IV1;
        long c2 = IV2;
        long c3 = IV3;
        long d0 = IV4 ^ total;
        long d1 = IV5;
        long d2 = IV6 ^ last;
        long d3 = IV7;
        byte[] s = SCHEDULE;
        for (int r = 0; r < s.length; r += WORDS) {
            a0 += b0 + m[s[r]];
            d0 = right(d0 ^ a0, 32);
            c0 += d0;
            b0 = right(b0 ^ c0, 24);
            a0 += b0 + m[s[r + 1]];
            d0 = right(d0 ^ a0, 16);
            c0 += d0;
            b0 = right(b0 ^ c0, 63);

            a1 += b1 + m[s[r + 2]];
            d1 = right(d1 ^ a1, 32);
            c1 += d1;
            b1 = right(b1 ^ c1, 24);
            a1 += b1 + m[s[r + 3]];
            d1 = right(d1 ^ a1, 16);
            c1 += d1;
            b1 = right(b1 ^ c1, 63);

            a2 += b2 + m[s[r + 4]];
            d2 = right(d2 ^ a2, 32);
            c2 += d2;
            b2 = right(b2 ^ c2, 24);
            a2 += b2 + m[s[r + 5]];
            d2 = right(d2 ^ a2, 16);
            c2 += d2;
            b2 = right(b2 ^ c2, 63);

            a3 += b3 + m[s[r + 6]];
            d3 = right(d3 ^ a3, 32);
            c3 += d3;
            b3 = right(b3 ^ c3, 24);
            a3 += b3 + m[s[r + 7]];
            d3 = right(d3 ^ a3, 16);
            c3 += d3;
            b3 = right(b3 ^ c3, 63);

            a0 += b1 + m[s[r + 8]];
            d3 = right(d3 ^ a0, 32);
            c2 += d3;
            b1 = right(b1 ^ c2, 24);
            a0 += b1 + m[s[r + 9]];
            d3 = right(d3 ^ a0, 16);
            c2 += d3;
            b1 = right(b1 ^ c2, 63);

            a1 += b2 + m[s[r + 10]];
            d0 = right(d0 ^ a1, 32);
            c3 += d0;
            b2 = right(b2 ^ c3, 24);
            a1 += b2 + m[s[r + 11]];
            d0 = right(d0 ^ a1, 16);
            c3 += d0;
            b2 = right(b2 ^ c3, 63);

            a2 += b3 + m[s[r + 12]];
            d1 = right(d1 ^ a2, 32);
            c0 += d1;
            b3 = right(b3 ^ c0, 24);
            a2 += b3 + m[s[r + 13]];
            d1 = right(d1 ^ a2, 16);
            c0 += d1;
            b3 = right(b3 ^ c0, 63);

            a3 += b0 + m[s[r + 14]];
            d2 = right(d2 ^ a3, 32);
            c1 += d2;
            b0 = right(b0 ^ c1, 24);
            a3 += b0 + m[s[r + 15]];
            d2 = right(d2 ^ a3, 16);
            c1 += d2;
            b0 = right(b0 ^ c1, 63);
        }
        h[0] ^= a0 ^ c0;
        h[1] ^= a1 ^ c1;
        h[2] ^= a2 ^ c2;
        h[3] ^= a3 ^ c3;
        h[4] ^= b0 ^ d0;
        h[5] ^= b1 ^ d1;
        h[6] ^= b2 ^ d2;
        h[7] ^= b3 ^ d3;
    }
}
