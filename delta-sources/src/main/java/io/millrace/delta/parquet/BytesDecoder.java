package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.BytesVector;
import io.millrace.delta.parquet.vector.DecodedVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.parquet.io.ParquetDecodingException;

/** Byte strings that stand in the page; the vector refers to them there. */
abstract class BytesDecoder implements ValueDecoder {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;

    private BytesDecoder(byte[] data) {
        this.data = data;
    }

    abstract void locate(int[] starts, int[] lengths, int at, int count);

    @Override
    public final void read(DecodedVector out, int at, int count) {
        BytesVector vector = (BytesVector) out;
        locate(vector.starts(), vector.lengths(), at, count);
        vector.filled(data, at, count);
    }

    /** Each value behind its length. */
    static ValueDecoder plain(byte[] data, int start, int end) {
        return new BytesDecoder(data) {
            private int position = start;

            @Override
            void locate(int[] starts, int[] lengths, int at, int count) {
                int next = position;
                for (int i = at; i < at + count; i++) {
                    int length = lengthAt(data, next, end);
                    starts[i] = next + Integer.BYTES;
                    lengths[i] = length;
                    next += Integer.BYTES + length;
                }
                position = next;
            }

            @Override
            public void skip(int count) {
                for (int i = 0; i < count; i++) {
                    position += Integer.BYTES + lengthAt(data, position, end);
                }
            }
        };
    }

    private static int lengthAt(byte[] data, int position, int end) {
        if (position + Integer.BYTES > end) {
            throw new ParquetDecodingException("a page ends amid its values");
        }
        int length = (int) INT.get(data, position);
        if (length < 0 || length > end - position - Integer.BYTES) {
            throw new ParquetDecodingException("a value of " + length + " bytes in a page");
        }
        return length;
    }

    /** Values of {@code width} bytes each. */
    static ValueDecoder fixed(byte[] data, int start, int end, int width) {
        return new BytesDecoder(data) {
            private int position = start;

            @Override
            void locate(int[] starts, int[] lengths, int at, int count) {
                int next = position;
                skip(count);
                for (int i = at; i < at + count; i++) {
                    starts[i] = next;
                    lengths[i] = width;
                    next += width;
                }
            }

            @Override
            public void skip(int count) {
                if ((long) count * width > end - position) {
                    throw new ParquetDecodingException("a page ends amid its values");
                }
                position += count * width;
            }
        };
    }

    /** Values one after the other from {@code start} on, whose lengths are known. */
    static ValueDecoder consecutive(byte[] data, int start, int end, int[] lengthOf) {
        return new BytesDecoder(data) {
            private int position = start;
            private int index;

            @Override
            void locate(int[] starts, int[] lengths, int at, int count) {
                for (int i = at; i < at + count; i++) {
                    starts[i] = position;
                    lengths[i] = lengthOf[index];
                    skip(1);
                }
            }

            @Override
            public void skip(int count) {
                for (int i = 0; i < count; i++) {
                    int length = lengthOf[index++];
                    if (length < 0 || length > end - position) {
                        throw new ParquetDecodingException("a value of " + length + " bytes");
                    }
                    position += length;
                }
            }
        };
    }
}
