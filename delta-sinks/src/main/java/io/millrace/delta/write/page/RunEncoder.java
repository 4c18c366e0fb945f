package io.millrace.delta.write.page;

/**
 * Parquet's hybrid of runs and bit-packed groups (Parquet format, "Encodings", RLE), for levels and
 * dictionary ids.
 */
final class RunEncoder {

    private static final int GROUP = 8;

    private RunEncoder() {}

    /** Bits that numbers up to {@code max} need. */
    static int bitWidth(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    /** Appends one run of {@code count} times the same value. */
    static void run(int value, int count, int bitWidth, ByteSink out) {
        out.putVarint(count << 1);
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            out.putByte(value >>> shift);
        }
    }

    static void encode(int[] values, int count, int bitWidth, ByteSink out) {
        int at = 0;
        while (at < count) {
            int run = runAt(values, at, count);
            if (run >= GROUP) {
                run(values[at], run, bitWidth, out);
                at += run;
            } else {
                at = packed(values, at, count, bitWidth, out);
            }
        }
    }

    private static int runAt(int[] values, int from, int count) {
        int value = values[from];
        int at = from + 1;
        while (at < count && values[at] == value) {
            at++;
        }
        return at - from;
    }

    /** Packs groups of eight until a run begins; returns where. */
    private static int packed(int[] values, int from, int count, int bitWidth, ByteSink out) {
        int end = from;
        do {
            end += GROUP;
        } while (end + GROUP <= count && !sameAll(values, end));
        if (end < count && end + GROUP > count) {
            end += GROUP;
        }
        int groups = (end - from) / GROUP;
        out.putVarint(groups << 1 | 1);
        for (int at = from; at < end; at += GROUP) {
            pack(values, at, count, bitWidth, out);
        }
        return Math.min(end, count);
    }

    private static boolean sameAll(int[] values, int from) {
        for (int i = 1; i < GROUP; i++) {
            if (values[from + i] != values[from]) {
                return false;
            }
        }
        return true;
    }

    /** One group; what lies beyond {@code count} is zero. */
    private static void pack(int[] values, int from, int count, int bitWidth, ByteSink out) {
        long bits = 0;
        int held = 0;
        for (int i = from; i < from + GROUP; i++) {
            long value = i < count ? values[i] : 0;
            bits |= value << held;
            held += bitWidth;
            while (held >= Byte.SIZE) {
                out.putByte((int) bits);
                bits >>>= Byte.SIZE;
                held -= Byte.SIZE;
            }
        }
    }
}
