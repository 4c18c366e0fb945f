package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.parquet.LeafKind.Storage;
import io.millrace.delta.parquet.vector.BytesVector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bitpacking.ByteBitPackingValuesWriter;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encodings that parquet-mr's own writer does not choose, and parts of pages. */
@SuppressWarnings("deprecation") // heap bytes need no releasing; the old encoding of levels
class PageEncodingsTest {

    private static final HeapByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

    @Test
    void readsStringsBehindTheirLengths() throws IOException {
        List<String> texts = new ArrayList<>();
        ValuesWriter writer = new DeltaLengthByteArrayValuesWriter(100, 10_000, HEAP);
        for (int i = 0; i < 500; i++) {
            texts.add("ö".repeat(i % 7));
            writer.writeBytes(Binary.fromString(texts.get(i)));
        }
        byte[] page = writer.getBytes().toByteArray();
        ValueDecoder decoder =
                Decoders.of(
                        LeafKind.of(Storage.BINARY),
                        Encoding.DELTA_LENGTH_BYTE_ARRAY,
                        Optional.empty(),
                        page,
                        0,
                        page.length,
                        600);
        BytesVector vector = new BytesVector(500);
        decoder.read(vector, 0, 100);
        decoder.skip(50);
        decoder.read(vector, 100, 350);

        for (int i = 0; i < 450; i++) {
            assertThat(new String(vector.getBytes(i).getBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(texts.get(i < 100 ? i : i + 50));
        }
        assertThatThrownBy(() -> decoder.read(vector, 0, 1)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void readsBitPackedLevels(int max) throws IOException {
        int[] levels = new Random(max).ints(777, 0, max + 1).toArray();
        ValuesWriter writer = new ByteBitPackingValuesWriter(max, Packer.BIG_ENDIAN);
        for (int level : levels) {
            writer.writeInteger(level);
        }
        byte[] bytes = writer.getBytes().toByteArray();
        int width = PageCursor.bitWidth(max);
        int[] read = new int[levels.length];

        assertThat(UnpackedLevels.byteSize(width, levels.length)).isEqualTo(bytes.length);
        UnpackedLevels.bitPacked(bytes, 0, width, levels.length).read(read, 0, levels.length);

        assertThat(read).isEqualTo(levels);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 13, 24, 32})
    void readsAndSkipsRuns(int width) throws IOException {
        Random random = new Random(width);
        int bound = width >= 31 ? Integer.MAX_VALUE : 1 << width;
        int[] values = new int[5000];
        for (int i = 0; i < values.length; ) {
            int value = random.nextInt(bound);
            int run = random.nextBoolean() ? 1 : 1 + random.nextInt(40);
            for (int k = 0; k < run && i < values.length; k++) {
                values[i++] = value;
            }
        }
        RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(width, 100, 100_000, HEAP);
        for (int value : values) {
            encoder.writeInt(value);
        }
        byte[] bytes = encoder.toBytes().toByteArray();
        RleReader reader = new RleReader(bytes, 0, bytes.length, width);
        int at = 0;
        while (at < values.length) {
            int n = Math.min(random.nextInt(100), values.length - at);
            if (random.nextBoolean()) {
                reader.skip(n);
            } else {
                int[] read = new int[n];
                reader.read(read, 0, n);
                assertThat(read).isEqualTo(Arrays.copyOfRange(values, at, at + n));
            }
            at += n;
        }
    }

    @Test
    void aPageThatEndsTooEarlyIsAnError() {
        RleReader runs = new RleReader(new byte[] {6, 1}, 0, 2, 1);
        assertThatThrownBy(() -> runs.read(new int[4], 0, 4))
                .isInstanceOf(ParquetDecodingException.class)
                .hasMessageContaining("ends amid its values");
        ValueDecoder strings =
                Decoders.plain(LeafKind.of(Storage.BINARY), new byte[] {9, 0, 0, 0, 1}, 0, 5);
        assertThatThrownBy(() -> strings.read(new BytesVector(1), 0, 1))
                .isInstanceOf(ParquetDecodingException.class)
                .hasMessageContaining("a value of 9 bytes");
    }
}
