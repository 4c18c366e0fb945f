package io.millrace.delta.write.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages, on heap and in one call each. What it returns is good until the next call, as
 * parquet-mr's page store copies it. Not thread-safe; files of one writer share one.
 */
public final class PageCompressor implements BytesInputCompressor {

    private final Compression compression;
    private ZstdCompressCtx zstd;
    private byte[] output = {};

    public PageCompressor(Compression compression) {
        this.compression = compression;
    }

    @Override
    @SuppressWarnings("deprecation") // the other form wants an allocator, for pages off heap
    public BytesInput compress(BytesInput bytes) throws IOException {
        if (compression.codec() == Compression.Codec.NONE) {
            return bytes;
        }
        ByteBuffer buffer = bytes.toByteBuffer();
        byte[] input = buffer.array();
        int start = buffer.arrayOffset() + buffer.position();
        int length = buffer.remaining();
        return switch (compression.codec()) {
            case NONE -> bytes;
            case ZSTD -> zstd(input, start, length);
            case SNAPPY -> {
                reserve(Snappy.maxCompressedLength(length));
                yield BytesInput.from(output, 0, Snappy.compress(input, start, length, output, 0));
            }
            case GZIP -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(input, start, length);
                }
                yield BytesInput.from(out.toByteArray());
            }
        };
    }

    private BytesInput zstd(byte[] input, int start, int length) {
        if (zstd == null) {
            zstd = new ZstdCompressCtx();
            zstd.setLevel(compression.level());
        }
        reserve(Math.toIntExact(Zstd.compressBound(length)));
        int size = zstd.compressByteArray(output, 0, output.length, input, start, length);
        return BytesInput.from(output, 0, size);
    }

    private void reserve(int size) {
        if (output.length < size) {
            output = new byte[size];
        }
    }

    @Override
    public CompressionCodecName getCodecName() {
        return compression.codec().parquetName();
    }

    @Override
    public void release() {
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
    }
}
