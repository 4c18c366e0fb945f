package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("deprecation") // the other way of getting at bytes is for pages off the heap
class PageCodecsTest {

    private final PageCodecs codecs = PageCodecs.ofFile();

    @ParameterizedTest
    @EnumSource(names = {"SNAPPY", "ZSTD", "GZIP", "UNCOMPRESSED", "LZ4_RAW"})
    void givesWhatWasCompressed(CompressionCodecName codec) throws IOException {
        BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
        for (int size : new int[] {1, 100, 70_000, 3}) {
            byte[] page = page(size);

            BytesInput there = decompressor.decompress(compressed(codec, page), size);
            assertThat(there.toByteArray()).isEqualTo(page);

            ByteBuffer direct = ByteBuffer.allocateDirect(size + 200_000);
            direct.put(compressed(codec, page).toByteArray()).flip();
            ByteBuffer output = ByteBuffer.allocate(size);
            decompressor.decompress(direct, direct.remaining(), output, size);
            assertThat(output.array()).isEqualTo(page);
            assertThat(direct.hasRemaining()).isFalse();
        }
        codecs.release();
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPPY", "ZSTD"})
    void refusesAPageOfAnotherSize(CompressionCodecName codec) throws IOException {
        BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
        BytesInput compressed = BytesInput.copy(compressed(codec, page(1000)));

        assertThatThrownBy(() -> decompressor.decompress(compressed, 999))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decompressor.decompress(compressed, 1001))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000");
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPPY", "ZSTD"})
    void refusesNoise(CompressionCodecName codec) {
        byte[] noise = new byte[100];
        new Random(7).nextBytes(noise);

        assertThatThrownBy(
                        () ->
                                codecs.getDecompressor(codec)
                                        .decompress(BytesInput.from(noise), 1000))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anEmptyPageNeedsNoBytes() throws IOException {
        assertThat(
                        codecs.getDecompressor(CompressionCodecName.SNAPPY)
                                .decompress(BytesInput.empty(), 0)
                                .size())
                .isZero();
    }

    private BytesInput compressed(CompressionCodecName codec, byte[] page) throws IOException {
        return BytesInput.copy(codecs.getCompressor(codec).compress(BytesInput.from(page)));
    }

    private static byte[] page(int size) {
        byte[] page = new byte[size];
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            page[i] = (byte) random.nextInt(5);
        }
        return page;
    }
}
