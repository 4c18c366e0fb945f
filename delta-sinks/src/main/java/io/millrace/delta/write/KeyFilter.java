package io.millrace.delta.write;

/**
 * Says of a key's hash that it is not there, or that it may be: 10 bits a key, and about one in a
 * hundred keys that are not there passes (Bloom filter).
 */
final class KeyFilter {

    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 6;

    private final long[] words;
    private final long mask;

    /**
     * @param keys how many at most
     */
    KeyFilter(long keys) {
        long bits = Long.highestOneBit(Math.max(64, keys * BITS_PER_KEY * 3 / 4)) << 1;
        this.words = new long[Math.toIntExact(bits >>> 6)];
        this.mask = bits - 1;
    }

    void add(long hash) {
        long step = step(hash);
        for (int i = 0; i < PROBES; i++) {
            long bit = (hash + i * step) & mask;
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayHold(long hash) {
        long step = step(hash);
        for (int i = 0; i < PROBES; i++) {
            long bit = (hash + i * step) & mask;
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    long sizeInBytes() {
        return (long) words.length * Long.BYTES;
    }

    private static long step(long hash) {
        return Long.rotateLeft(hash, 32) | 1;
    }
}
