package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.DoubleVector;
import io.millrace.delta.parquet.vector.FloatVector;
import io.millrace.delta.parquet.vector.IntVector;
import io.millrace.delta.parquet.vector.LongVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.ParquetDecodingException;

/** Values of a fixed number of bytes, one after the other, little endian. */
abstract class PlainDecoder implements ValueDecoder {

    private static final int INT96_BYTES = 12;
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final ByteBuffer bytes;
    private final int width;

    private PlainDecoder(byte[] data, int start, int end, int width) {
        this.bytes = ByteBuffer.wrap(data, start, end - start).order(ByteOrder.LITTLE_ENDIAN);
        this.width = width;
    }

    static ValueDecoder ints(byte[] data, int start, int end) {
        return new PlainDecoder(data, start, end, Integer.BYTES) {
            @Override
            void copy(ByteBuffer from, DecodedVector out, int at, int count) {
                from.asIntBuffer().get(((IntVector) out).values(), at, count);
            }
        };
    }

    static ValueDecoder longs(byte[] data, int start, int end) {
        return new PlainDecoder(data, start, end, Long.BYTES) {
            @Override
            void copy(ByteBuffer from, DecodedVector out, int at, int count) {
                from.asLongBuffer().get(((LongVector) out).values(), at, count);
            }
        };
    }

    static ValueDecoder floats(byte[] data, int start, int end) {
        return new PlainDecoder(data, start, end, Float.BYTES) {
            @Override
            void copy(ByteBuffer from, DecodedVector out, int at, int count) {
                from.asFloatBuffer().get(((FloatVector) out).values(), at, count);
            }
        };
    }

    static ValueDecoder doubles(byte[] data, int start, int end) {
        return new PlainDecoder(data, start, end, Double.BYTES) {
            @Override
            void copy(ByteBuffer from, DecodedVector out, int at, int count) {
                from.asDoubleBuffer().get(((DoubleVector) out).values(), at, count);
            }
        };
    }

    /** Timestamps as nanoseconds of the day and Julian day, read as microseconds. */
    static ValueDecoder int96(byte[] data, int start, int end) {
        return new PlainDecoder(data, start, end, INT96_BYTES) {
            @Override
            void copy(ByteBuffer from, DecodedVector out, int at, int count) {
                long[] micros = ((LongVector) out).values();
                for (int i = 0; i < count; i++) {
                    int offset = from.position() + i * INT96_BYTES;
                    long nanosOfDay = from.getLong(offset);
                    long days = from.getInt(offset + Long.BYTES) - JULIAN_DAY_OF_EPOCH;
                    micros[at + i] = days * MICROS_PER_DAY + nanosOfDay / 1000;
                }
            }
        };
    }

    abstract void copy(ByteBuffer from, DecodedVector out, int at, int count);

    @Override
    public final void read(DecodedVector out, int at, int count) {
        check(count);
        copy(bytes, out, at, count);
        bytes.position(bytes.position() + count * width);
    }

    @Override
    public final void skip(int count) {
        check(count);
        bytes.position(bytes.position() + count * width);
    }

    private void check(int count) {
        if ((long) count * width > bytes.remaining()) {
            throw new ParquetDecodingException("a page ends amid its values");
        }
    }
}
