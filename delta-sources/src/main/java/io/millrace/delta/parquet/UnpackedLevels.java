package io.millrace.delta.parquet;

import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/** Levels in the old bit-packed encoding. */
@SuppressWarnings("deprecation") // unpacking from arrays, as in RleReader
final class UnpackedLevels implements LevelReader {

    private static final int GROUP = 8;

    private final int[] levels;
    private int next;

    private UnpackedLevels(int[] levels) {
        this.levels = levels;
    }

    /** {@code count} levels packed from the most significant bit on. */
    static UnpackedLevels bitPacked(byte[] data, int start, int bitWidth, int count) {
        BytePacker packer = Packer.BIG_ENDIAN.newBytePacker(bitWidth);
        int groups = (count + GROUP - 1) / GROUP;
        int[] levels = new int[groups * GROUP];
        byte[] padded = new byte[groups * bitWidth];
        System.arraycopy(data, start, padded, 0, byteSize(bitWidth, count));
        for (int i = 0; i < groups; i++) {
            packer.unpack8Values(padded, i * bitWidth, levels, i * GROUP);
        }
        return new UnpackedLevels(levels);
    }

    static int byteSize(int bitWidth, int count) {
        return Math.toIntExact(((long) bitWidth * count + Byte.SIZE - 1) / Byte.SIZE);
    }

    @Override
    public void read(int[] out, int at, int count) {
        System.arraycopy(levels, next, out, at, count);
        next += count;
    }

    @Override
    public int readPresence(boolean[] nulls, int at, int count) {
        int present = 0;
        for (int i = 0; i < count; i++) {
            int level = levels[next++];
            present += level;
            nulls[at + i] = level == 0;
        }
        return present;
    }
}
