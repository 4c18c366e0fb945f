package io.millrace.delta.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.io.ParquetDecodingException;

/** Reads the run-length and bit-packing hybrid: runs at once, not value by value. */
@SuppressWarnings("deprecation") // unpacking from arrays is faster than from buffers
final class RleReader implements LevelReader {

    private static final int GROUP = 8;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private final int end;
    private final int bitWidth;
    private final int mask;
    private final BytePacker packer;
    private final int[] group = new int[GROUP];

    private int position;
    private int left;
    private boolean packed;
    private int value;
    private int groupAt = GROUP;
    private int[] scratch = {};

    RleReader(byte[] data, int start, int end, int bitWidth) {
        if (bitWidth > Integer.SIZE) {
            throw new ParquetDecodingException("a bit width of " + bitWidth);
        }
        this.data = data;
        this.position = start;
        this.end = end;
        this.bitWidth = bitWidth;
        this.mask = (int) ((1L << bitWidth) - 1);
        this.packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
        if (bitWidth == 0) {
            this.left = Integer.MAX_VALUE;
        }
    }

    @Override
    public void read(int[] out, int at, int count) {
        int done = 0;
        while (done < count) {
            int n = Math.min(count - done, nextRun());
            if (packed) {
                unpack(out, at + done, n);
            } else {
                Arrays.fill(out, at + done, at + done + n, value);
            }
            left -= n;
            done += n;
        }
    }

    @Override
    public int readPresence(boolean[] nulls, int at, int count) {
        int present = 0;
        int done = 0;
        while (done < count) {
            int n = Math.min(count - done, nextRun());
            if (packed) {
                present += unpackPresence(nulls, at + done, n);
            } else if (value == 0) {
                Arrays.fill(nulls, at + done, at + done + n, true);
            } else {
                present += n;
            }
            left -= n;
            done += n;
        }
        return present;
    }

    /** Of one bit a level: 64 at once, of which only the nulls are looked at. */
    private int unpackPresence(boolean[] nulls, int at, int count) {
        int done = 0;
        int present = 0;
        if (bitWidth == 1 && groupAt == GROUP) {
            while (count - done >= Long.SIZE && position + Long.BYTES <= end) {
                long levels = (long) LONG.get(data, position);
                present += Long.bitCount(levels);
                for (long left = ~levels; left != 0; left &= left - 1) {
                    nulls[at + done + Long.numberOfTrailingZeros(left)] = true;
                }
                position += Long.BYTES;
                done += Long.SIZE;
            }
        }
        return present + unpackRest(nulls, at + done, count - done);
    }

    private int unpackRest(boolean[] nulls, int at, int count) {
        if (scratch.length < count) {
            scratch = new int[count];
        }
        unpack(scratch, 0, count);
        int present = 0;
        for (int i = 0; i < count; i++) {
            int level = scratch[i];
            present += level;
            nulls[at + i] = level == 0;
        }
        return present;
    }

    void skip(int count) {
        int todo = count;
        while (todo > 0) {
            int n = Math.min(todo, nextRun());
            if (packed) {
                skipPacked(n);
            }
            left -= n;
            todo -= n;
        }
    }

    /** The number of values left in the current run, which is begun if need be. */
    private int nextRun() {
        while (left == 0) {
            int header = readVarInt();
            packed = (header & 1) == 1;
            if (packed) {
                left = Math.multiplyExact(header >>> 1, GROUP);
                groupAt = GROUP;
            } else {
                left = header >>> 1;
                value = 0;
                for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
                    value |= nextByte() << shift;
                }
            }
        }
        return left;
    }

    private void unpack(int[] out, int at, int count) {
        int to = at;
        int last = at + count;
        while (groupAt < GROUP && to < last) {
            out[to++] = group[groupAt++];
        }
        to = bitWidth <= Byte.SIZE ? unpackNarrow(out, to, last) : unpackWide(out, to, last);
        while (last - to >= GROUP && position + bitWidth <= end) {
            packer.unpack8Values(data, position, out, to);
            position += bitWidth;
            to += GROUP;
        }
        while (to < last) {
            if (groupAt == GROUP) {
                nextGroup();
            }
            out[to++] = group[groupAt++];
        }
    }

    /** Groups that are read as one word each, whose end may lie behind that of the values. */
    private int unpackNarrow(int[] out, int at, int last) {
        int to = at;
        int width = bitWidth;
        int from = position;
        int stop = Math.min(end - width, data.length - Long.BYTES);
        while (last - to >= GROUP && from <= stop) {
            long word = (long) LONG.get(data, from);
            for (int i = 0; i < GROUP; i++) {
                out[to + i] = (int) word & mask;
                word >>>= width;
            }
            from += width;
            to += GROUP;
        }
        position = from;
        return to;
    }

    /** Groups whose values are read as one word each. */
    private int unpackWide(int[] out, int at, int last) {
        int to = at;
        int width = bitWidth;
        int from = position;
        int stop = Math.min(end - width, data.length - Long.BYTES - width);
        while (last - to >= GROUP && from <= stop) {
            for (int i = 0, bit = 0; i < GROUP; i++, bit += width) {
                out[to + i] =
                        (int) ((long) LONG.get(data, from + (bit >>> 3)) >>> (bit & 7)) & mask;
            }
            from += width;
            to += GROUP;
        }
        position = from;
        return to;
    }

    private void skipPacked(int count) {
        int inGroup = Math.min(count, GROUP - groupAt);
        groupAt += inGroup;
        int rest = count - inGroup;
        position += rest / GROUP * bitWidth;
        if (rest % GROUP > 0) {
            nextGroup();
            groupAt = rest % GROUP;
        }
    }

    /** The last group may lack bytes that only hold padding. */
    private void nextGroup() {
        if (position >= end) {
            throw new ParquetDecodingException("a page ends amid its values");
        }
        byte[] source = data;
        int from = position;
        if (position + bitWidth > end) {
            source = Arrays.copyOf(Arrays.copyOfRange(data, position, end), bitWidth);
            from = 0;
        }
        packer.unpack8Values(source, from, group, 0);
        position += bitWidth;
        groupAt = 0;
    }

    private int readVarInt() {
        int result = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int b = nextByte();
            result |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return result;
            }
        }
        throw new ParquetDecodingException("a run's header has more than 32 bits");
    }

    private int nextByte() {
        if (position >= end) {
            throw new ParquetDecodingException("a page ends amid its values");
        }
        return data[position++] & 0xFF;
    }
}
