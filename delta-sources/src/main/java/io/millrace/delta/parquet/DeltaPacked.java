package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.IntVector;
import io.millrace.delta.parquet.vector.LongVector;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePackerForLong;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.io.ParquetDecodingException;

/** All integers of a page in the encoding DELTA_BINARY_PACKED. */
final class DeltaPacked implements ValueDecoder {

    private static final int GROUP = 8;

    private final byte[] data;
    private final int end;
    private int position;
    private final long[] values;
    private int next;

    /** Decodes at once all the values that begin at {@code start}. */
    DeltaPacked(byte[] data, int start, int end, int expected) {
        this.data = data;
        this.end = end;
        this.position = start;
        int blockSize = Math.toIntExact(readVarLong());
        int miniBlocks = Math.toIntExact(readVarLong());
        int count = Math.toIntExact(readVarLong());
        if (miniBlocks <= 0 || blockSize % (miniBlocks * GROUP) != 0 || count > expected) {
            throw new ParquetDecodingException("a wrong header of delta-packed values");
        }
        this.values = new long[count];
        decode(blockSize / miniBlocks, miniBlocks);
    }

    /** The position behind the last value. */
    int position() {
        return position;
    }

    int[] toInts() {
        int[] ints = new int[values.length];
        copy(ints, 0, values.length);
        return ints;
    }

    private void decode(int miniBlockSize, int miniBlocks) {
        long last = zigZag(readVarLong());
        if (values.length == 0) {
            return;
        }
        values[0] = last;
        int done = 1;
        long[] deltas = new long[miniBlockSize];
        while (done < values.length) {
            long least = zigZag(readVarLong());
            int widths = position;
            position += miniBlocks;
            for (int i = 0; i < miniBlocks && done < values.length; i++) {
                int width = data[widths + i];
                unpack(deltas, miniBlockSize, width);
                int n = Math.min(miniBlockSize, values.length - done);
                for (int k = 0; k < n; k++) {
                    last += least + deltas[k];
                    values[done++] = last;
                }
            }
        }
    }

    private void unpack(long[] out, int count, int width) {
        if (width == 0) {
            Arrays.fill(out, 0);
            return;
        }
        BytePackerForLong packer = Packer.LITTLE_ENDIAN.newBytePackerForLong(width);
        byte[] source = data;
        int from = position;
        int size = count / GROUP * width;
        if (size > end - position) {
            source = Arrays.copyOf(Arrays.copyOfRange(data, position, end), size);
            from = 0;
        }
        for (int i = 0; i < count; i += GROUP) {
            packer.unpack8Values(source, from + i / GROUP * width, out, i);
        }
        position = Math.min(position + size, end);
    }

    private long readVarLong() {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= end) {
                throw new ParquetDecodingException("a page ends amid its values");
            }
            byte b = data[position++];
            result |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw new ParquetDecodingException("a number of more than 64 bits");
    }

    private static long zigZag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    @Override
    public void read(DecodedVector out, int at, int count) {
        if (count > values.length - next) {
            throw new ParquetDecodingException("a page ends amid its values");
        }
        if (out instanceof LongVector longs) {
            System.arraycopy(values, next, longs.values(), at, count);
            next += count;
        } else {
            copy(((IntVector) out).values(), at, count);
        }
    }

    private void copy(int[] out, int at, int count) {
        for (int i = 0; i < count; i++) {
            out[at + i] = (int) values[next++];
        }
    }

    @Override
    public void skip(int count) {
        next += count;
    }
}
