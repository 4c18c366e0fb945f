package io.millrace.delta.parquet;

import io.millrace.delta.parquet.LeafKind.Unit;
import io.millrace.delta.parquet.vector.BytesVector;
import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.LongVector;
import org.apache.parquet.io.ParquetDecodingException;

/** Values that are decoded to something else than what is stored. */
final class ConvertingDecoder {

    private ConvertingDecoder() {}

    /** Milliseconds or nanoseconds to microseconds. */
    record ToMicros(ValueDecoder stored, Unit unit) implements ValueDecoder {

        @Override
        public void read(DecodedVector out, int at, int count) {
            stored.read(out, at, count);
            long[] values = ((LongVector) out).values();
            if (unit == Unit.MILLIS) {
                for (int i = at; i < at + count; i++) {
                    values[i] = Math.multiplyExact(values[i], 1000L);
                }
            } else if (unit == Unit.NANOS) {
                for (int i = at; i < at + count; i++) {
                    values[i] = Math.floorDiv(values[i], 1000L);
                }
            }
        }

        @Override
        public void skip(int count) {
            stored.skip(count);
        }
    }

    /** Big-endian unscaled decimals to longs. */
    record ToUnscaledLong(ValueDecoder stored, BytesVector scratch) implements ValueDecoder {

        @Override
        public void read(DecodedVector out, int at, int count) {
            scratch.reset();
            scratch.ensureCapacity(count);
            stored.read(scratch, 0, count);
            long[] values = ((LongVector) out).values();
            for (int i = 0; i < count; i++) {
                values[at + i] = toLong(scratch.data(i), scratch.starts()[i], scratch.lengths()[i]);
            }
        }

        private static long toLong(byte[] data, int start, int length) {
            long value = length == 0 ? 0 : data[start];
            for (int i = 1; i < length; i++) {
                if (value != (value << Byte.SIZE) >> Byte.SIZE) {
                    throw new ParquetDecodingException(
                            "a decimal of " + length + " bytes exceeds its precision");
                }
                value = (value << Byte.SIZE) | (data[start + i] & 0xFF);
            }
            return value;
        }

        @Override
        public void skip(int count) {
            stored.skip(count);
        }
    }
}
