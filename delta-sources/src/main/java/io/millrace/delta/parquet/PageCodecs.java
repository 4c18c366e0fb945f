package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages on the heap in one call each, where the codec has one: Hadoop's streams copy a
 * page into buffers off the heap and back. The other codecs are parquet-mr's. Of one file; not
 * thread-safe.
 */
@SuppressWarnings("deprecation") // the other way of getting at bytes is for pages off the heap
final class PageCodecs implements CompressionCodecFactory {

    private final CompressionCodecFactory others;

    private Optional<ZstdDecompressCtx> zstd = Optional.empty();

    private PageCodecs(CompressionCodecFactory others) {
        this.others = requireNonNull(others, "others is null");
    }

    /** For one file. */
    static PageCodecs ofFile() {
        return new PageCodecs(HadoopCodecs.newFactory(new PlainParquetConfiguration(), 0));
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return others.getCompressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case SNAPPY -> new InOneCall(PageCodecs::snappy);
            case ZSTD -> new InOneCall(this::zstd);
            case UNCOMPRESSED, GZIP, LZO, BROTLI, LZ4, LZ4_RAW -> others.getDecompressor(codec);
        };
    }

    private static int snappy(byte[] from, int start, int length, byte[] to) throws IOException {
        int size = Snappy.uncompressedLength(from, start, length);
        // Checked before, as nobody else does: it writes as much as the page says.
        return size == to.length ? Snappy.uncompress(from, start, length, to, 0) : size;
    }

    private int zstd(byte[] from, int start, int length, byte[] to) throws IOException {
        if (zstd.isEmpty()) {
            zstd = Optional.of(new ZstdDecompressCtx());
        }
        try {
            return zstd.get().decompressByteArray(to, 0, to.length, from, start, length);
        } catch (ZstdException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void release() {
        zstd.ifPresent(ZstdDecompressCtx::close);
        zstd = Optional.empty();
        others.release();
    }

    @FunctionalInterface
    private interface Codec {
        /** Fills {@code to}, and says how many bytes there are. */
        int decompress(byte[] from, int start, int length, byte[] to) throws IOException;
    }

    private record InOneCall(Codec codec) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(decompressed(bytes.toByteBuffer(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
                throws IOException {
            output.put(decompressed(input.slice().limit(compressed), size));
            input.position(input.position() + compressed);
        }

        private byte[] decompressed(ByteBuffer page, int size) throws IOException {
            byte[] from;
            int start;
            int length = page.remaining();
            if (page.hasArray()) {
                from = page.array();
                start = page.arrayOffset() + page.position();
            } else {
                from = new byte[length];
                start = 0;
                page.get(from);
            }
            byte[] to = new byte[size];
            int found = size == 0 ? 0 : codec.decompress(from, start, length, to);
            if (found != size) {
                throw new IOException(
                        "a page of " + size + " bytes is one of " + found + " when decompressed");
            }
            return to;
        }

        @Override
        public void release() {}
    }
}
