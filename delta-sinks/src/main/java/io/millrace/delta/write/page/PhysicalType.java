package io.millrace.delta.write.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/** What depends on how the values of a column are stored; {@code data} is what PLAIN has. */
sealed interface PhysicalType {

    /** A new dictionary, or null where none ever pays. */
    ValueDictionary newDictionary();

    /** Sets least and greatest of at least one value; a NaN is greater than all. */
    void bounds(byte[] data, int size, Statistics<?> into);

    /** Appends the hash of each value. */
    void hash(byte[] data, int size, BloomFilter hasher, HashList into);

    /** Appends the values as a page holds them. */
    default void plain(ByteSink values, ByteSink page) {
        page.put(values.data(), 0, values.size());
    }

    static PhysicalType of(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new Booleans();
            case INT32 -> new Ints();
            case INT64 -> new Longs();
            case FLOAT -> new Floats();
            case DOUBLE -> new Doubles();
            case BINARY -> new ByteStrings();
            case FIXED_LEN_BYTE_ARRAY -> new Decimals(type.getTypeLength());
            case INT96 -> throw new IllegalArgumentException("not written: " + type);
        };
    }

    /** One byte each before they are packed. */
    record Booleans() implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return null;
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            boolean all = true;
            boolean any = false;
            for (int i = 0; i < size; i++) {
                all &= data[i] != 0;
                any |= data[i] != 0;
            }
            ((BooleanStatistics) into).initializeStats(all, any);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            throw new IllegalArgumentException("booleans have no bloom filter");
        }

        @Override
        public void plain(ByteSink values, ByteSink page) {
            byte[] data = values.data();
            for (int i = 0; i < values.size(); i += Byte.SIZE) {
                int bits = 0;
                int end = Math.min(values.size(), i + Byte.SIZE);
                for (int j = i; j < end; j++) {
                    bits |= data[j] << (j - i);
                }
                page.putByte(bits);
            }
        }
    }

    /** 32 bits. */
    record Ints() implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return new FixedDictionary(Integer.BYTES);
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            int min = Integer.MAX_VALUE;
            int max = Integer.MIN_VALUE;
            for (int i = 0; i < size; i += Integer.BYTES) {
                int value = ByteSink.intAt(data, i);
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            ((IntStatistics) into).initializeStats(min, max);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            for (int i = 0; i < size; i += Integer.BYTES) {
                into.add(hasher.hash(ByteSink.intAt(data, i)));
            }
        }
    }

    /** 64 bits. */
    record Longs() implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return new FixedDictionary(Long.BYTES);
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int i = 0; i < size; i += Long.BYTES) {
                long value = ByteSink.longAt(data, i);
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            ((LongStatistics) into).initializeStats(min, max);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            for (int i = 0; i < size; i += Long.BYTES) {
                into.add(hasher.hash(ByteSink.longAt(data, i)));
            }
        }
    }

    /** IEEE single precision; zeros of both signs are between the bounds. */
    record Floats() implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return new FixedDictionary(Float.BYTES);
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            float min = Float.NaN;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i += Float.BYTES) {
                float value = Float.intBitsToFloat(ByteSink.intAt(data, i));
                min = Float.compare(value, min) < 0 ? value : min;
                max = Float.compare(value, max) > 0 ? value : max;
            }
            ((FloatStatistics) into).initializeStats(min == 0 ? -0.0f : min, max == 0 ? 0.0f : max);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            for (int i = 0; i < size; i += Float.BYTES) {
                into.add(hasher.hash(Float.intBitsToFloat(ByteSink.intAt(data, i))));
            }
        }
    }

    /** IEEE double precision; zeros of both signs are between the bounds. */
    record Doubles() implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return new FixedDictionary(Double.BYTES);
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            double min = Double.NaN;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i += Double.BYTES) {
                double value = Double.longBitsToDouble(ByteSink.longAt(data, i));
                min = Double.compare(value, min) < 0 ? value : min;
                max = Double.compare(value, max) > 0 ? value : max;
            }
            ((DoubleStatistics) into).initializeStats(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            for (int i = 0; i < size; i += Double.BYTES) {
                into.add(hasher.hash(Double.longBitsToDouble(ByteSink.longAt(data, i))));
            }
        }
    }

    /** Texts and binaries, each with its length before it; they are ordered as unsigned bytes. */
    record ByteStrings() implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return new BytesDictionary(0);
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            new BytesBounds(data, size).into(into);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            int at = 0;
            while (at < size) {
                int start = at + Integer.BYTES;
                int length = ByteSink.intAt(data, at);
                into.add(hasher.hash(Binary.fromReusedByteArray(data, start, length)));
                at = start + length;
            }
        }
    }

    /** Decimals in big-endian two's complement. */
    record Decimals(int length) implements PhysicalType {

        @Override
        public ValueDictionary newDictionary() {
            return new BytesDictionary(length);
        }

        @Override
        public void bounds(byte[] data, int size, Statistics<?> into) {
            int min = 0;
            int max = 0;
            for (int i = length; i < size; i += length) {
                if (compare(data, i, min) < 0) {
                    min = i;
                } else if (compare(data, i, max) > 0) {
                    max = i;
                }
            }
            into.updateStats(copy(data, min, min + length));
            into.updateStats(copy(data, max, max + length));
        }

        /** The first byte has the sign. */
        private int compare(byte[] data, int left, int right) {
            return data[left] != data[right]
                    ? Byte.compare(data[left], data[right])
                    : Arrays.compareUnsigned(
                            data, left, left + length, data, right, right + length);
        }

        @Override
        public void hash(byte[] data, int size, BloomFilter hasher, HashList into) {
            for (int i = 0; i < size; i += length) {
                into.add(hasher.hash(Binary.fromReusedByteArray(data, i, length)));
            }
        }
    }

    private static Binary copy(byte[] data, int start, int end) {
        return Binary.fromConstantByteArray(Arrays.copyOfRange(data, start, end));
    }
}
