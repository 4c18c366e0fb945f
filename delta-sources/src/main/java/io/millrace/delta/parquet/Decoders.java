package io.millrace.delta.parquet;

import io.millrace.delta.parquet.ConvertingDecoder.ToMicros;
import io.millrace.delta.parquet.ConvertingDecoder.ToUnscaledLong;
import io.millrace.delta.parquet.LeafKind.Storage;
import io.millrace.delta.parquet.LeafKind.Unit;
import io.millrace.delta.parquet.vector.BytesVector;
import io.millrace.delta.parquet.vector.DecodedVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.ParquetDecodingException;

/** The decoder of a page's values by encoding and kind of column. */
final class Decoders {

    private static final ValueDecoder NOTHING =
            new ValueDecoder() {
                @Override
                public void read(DecodedVector out, int at, int count) {}

                @Override
                public void skip(int count) {}
            };

    private Decoders() {}

    /**
     * @param dictionary of the column chunk, if it has one
     * @param count of the page's values, nulls counted: at least the number of values present
     */
    static ValueDecoder of(
            LeafKind kind,
            Encoding encoding,
            Optional<DecodedVector> dictionary,
            byte[] data,
            int start,
            int end,
            int count) {
        if (kind.storage() == Storage.NOTHING) {
            return NOTHING;
        }
        return switch (encoding) {
            case PLAIN -> plain(kind, data, start, end);
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> dictionary(dictionary, data, start, end);
            case RLE -> runLengthBooleans(kind, data, start, end, count);
            case DELTA_BINARY_PACKED -> converted(kind, new DeltaPacked(data, start, end, count));
            case DELTA_LENGTH_BYTE_ARRAY -> {
                DeltaPacked lengths = new DeltaPacked(data, start, end, count);
                yield converted(
                        kind,
                        BytesDecoder.consecutive(data, lengths.position(), end, lengths.toInts()));
            }
            case DELTA_BYTE_ARRAY -> converted(kind, prefixed(data, start, end, count));
            case BYTE_STREAM_SPLIT -> {
                byte[] joined = joined(data, start, end, width(kind));
                yield plain(kind, joined, 0, joined.length);
            }
            case BIT_PACKED -> throw unknown(kind, encoding);
        };
    }

    /** The decoder of a dictionary page, or of a page without encoding. */
    static ValueDecoder plain(LeafKind kind, byte[] data, int start, int end) {
        return switch (kind.storage()) {
            case NOTHING -> NOTHING;
            case BOOLEAN -> new BooleanDecoder(data, start, end);
            case INT32 -> PlainDecoder.ints(data, start, end);
            case INT64 -> converted(kind, PlainDecoder.longs(data, start, end));
            case INT96 -> PlainDecoder.int96(data, start, end);
            case FLOAT -> PlainDecoder.floats(data, start, end);
            case DOUBLE -> PlainDecoder.doubles(data, start, end);
            case BINARY -> converted(kind, BytesDecoder.plain(data, start, end));
            case FIXED -> converted(kind, BytesDecoder.fixed(data, start, end, kind.fixedLength()));
        };
    }

    private static ValueDecoder converted(LeafKind kind, ValueDecoder stored) {
        if (kind.unit() != Unit.PLAIN) {
            return new ToMicros(stored, kind.unit());
        }
        return kind.unscaledLong() ? new ToUnscaledLong(stored, new BytesVector(0)) : stored;
    }

    private static ValueDecoder dictionary(
            Optional<DecodedVector> dictionary, byte[] data, int start, int end) {
        DecodedVector values =
                dictionary.orElseThrow(
                        () -> new ParquetDecodingException("a page without its dictionary"));
        // A page of nulls only may be empty.
        int bitWidth = start < end ? data[start] : 0;
        return new DictionaryDecoder(
                values, new RleReader(data, Math.min(start + 1, end), end, bitWidth));
    }

    private static ValueDecoder runLengthBooleans(
            LeafKind kind, byte[] data, int start, int end, int count) {
        if (kind.storage() != Storage.BOOLEAN) {
            throw unknown(kind, Encoding.RLE);
        }
        return new BooleanDecoder.RunLength(
                new RleReader(data, Math.min(start + Integer.BYTES, end), end, 1), count);
    }

    /** Each value begins as the one before it: the whole page is put together. */
    private static ValueDecoder prefixed(byte[] data, int start, int end, int count) {
        DeltaPacked prefixes = new DeltaPacked(data, start, end, count);
        DeltaPacked suffixes = new DeltaPacked(data, prefixes.position(), end, count);
        int[] shared = prefixes.toInts();
        int[] added = suffixes.toInts();
        int[] lengths = new int[shared.length];
        long total = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = Math.addExact(shared[i], added[i]);
            total += lengths[i];
        }
        byte[] joined = new byte[Math.toIntExact(total)];
        int source = suffixes.position();
        int target = 0;
        int previous = 0;
        for (int i = 0; i < lengths.length; i++) {
            System.arraycopy(joined, previous, joined, target, shared[i]);
            System.arraycopy(data, source, joined, target + shared[i], added[i]);
            source += added[i];
            previous = target;
            target += lengths[i];
        }
        return BytesDecoder.consecutive(joined, 0, joined.length, lengths);
    }

    /** The streams of first, second and further bytes of all values, as values. */
    private static byte[] joined(byte[] data, int start, int end, int width) {
        int count = (end - start) / width;
        byte[] joined = new byte[count * width];
        for (int stream = 0; stream < width; stream++) {
            int from = start + stream * count;
            for (int i = 0; i < count; i++) {
                joined[i * width + stream] = data[from + i];
            }
        }
        return joined;
    }

    private static int width(LeafKind kind) {
        return switch (kind.storage()) {
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case FIXED -> kind.fixedLength();
            case NOTHING, BOOLEAN, INT96, BINARY -> throw unknown(kind, Encoding.BYTE_STREAM_SPLIT);
        };
    }

    /** The number that stands at {@code position}, little endian. */
    static int intAt(byte[] data, int position) {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(position);
    }

    private static ParquetDecodingException unknown(LeafKind kind, Encoding encoding) {
        return new ParquetDecodingException("encoding " + encoding + " of " + kind.storage());
    }
}
