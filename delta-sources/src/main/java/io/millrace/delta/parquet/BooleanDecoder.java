package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.BooleanVector;
import io.millrace.delta.parquet.vector.DecodedVector;
import org.apache.parquet.io.ParquetDecodingException;

/** Truth values, one bit each, from the least significant bit on. */
final class BooleanDecoder implements ValueDecoder {

    private final byte[] data;
    private final long endBit;
    private long bit;

    BooleanDecoder(byte[] data, int start, int end) {
        this.data = data;
        this.bit = (long) start * Byte.SIZE;
        this.endBit = (long) end * Byte.SIZE;
    }

    @Override
    public void read(DecodedVector out, int at, int count) {
        boolean[] values = ((BooleanVector) out).values();
        long from = bit;
        skip(count);
        for (int i = 0; i < count; i++, from++) {
            values[at + i] = ((data[(int) (from >>> 3)] >>> (from & 7)) & 1) == 1;
        }
    }

    @Override
    public void skip(int count) {
        bit += count;
        if (bit > endBit) {
            throw new ParquetDecodingException("a page ends amid its values");
        }
    }

    /** Truth values in the run-length encoding of version 2 pages. */
    static final class RunLength implements ValueDecoder {

        private final RleReader runs;
        private final int[] scratch;

        RunLength(RleReader runs, int count) {
            this.runs = runs;
            this.scratch = new int[count];
        }

        @Override
        public void read(DecodedVector out, int at, int count) {
            boolean[] values = ((BooleanVector) out).values();
            runs.read(scratch, 0, count);
            for (int i = 0; i < count; i++) {
                values[at + i] = scratch[i] != 0;
            }
        }

        @Override
        public void skip(int count) {
            runs.skip(count);
        }
    }
}
