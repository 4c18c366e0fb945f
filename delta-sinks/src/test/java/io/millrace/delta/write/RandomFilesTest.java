package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.write.page.BloomSettings;
import io.millrace.delta.write.page.Compression;
import io.millrace.delta.write.page.EncoderSettings;
import io.millrace.delta.write.page.PageCompressor;
import io.millrace.delta.write.page.RowFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;

/**
 * Files of random types and values, read back by parquet-mr and by our reader. {@code
 * -Dfiles.seeds=N} asks for more of them.
 */
class RandomFilesTest extends ParquetRowWriterTestBase {

    private static final int SEEDS = Integer.getInteger("files.seeds", 30);
    private static final String[] CODECS = {"zstd", "snappy", "gzip", "none", "zstd(5)"};

    @Test
    void readersSeeWhatWasWritten() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomData random = new RandomData(seed);
            RowType type = random.rowType();
            List<RowData> rows = new ArrayList<>();
            int count = (int) (seed * 37 % 700);
            for (int i = 0; i < count; i++) {
                rows.add(random.row(type));
            }
            Path file = folder.resolve("f" + seed + ".parquet");
            MessageType schema = write(file, type, rows, seed);

            List<List<Object>> expected = rows.stream().map(r -> PlainValues.of(type, r)).toList();
            assertThat(parquetMr(file, type)).as("parquet-mr, seed %d", seed).isEqualTo(expected);
            assertThat(ours(file, type)).as("our reader, seed %d", seed).isEqualTo(expected);
            checkIndexes(file, schema, count);
            Files.delete(file);
        }
    }

    private MessageType write(Path file, RowType type, List<RowData> rows, long seed)
            throws IOException {
        FileLayout layout = layout(type, List.of());
        MessageType schema = ParquetSchemas.schemaOf(layout, false);
        Map<String, BloomSettings> blooms = new HashMap<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            if (column.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN) {
                blooms.put(String.join(".", column.getPath()), new BloomSettings(0.05, 0));
            }
        }
        EncoderSettings settings =
                new EncoderSettings(
                        seed % 3 == 0 ? 3_000 : 1 << 20,
                        seed % 2 == 0 ? 500 : 20_000,
                        seed % 5 == 0 ? 7 : 100,
                        seed % 4 == 0,
                        seed % 7 == 0 ? Set.of("c0") : Set.of(),
                        blooms);
        PageCompressor compressor =
                new PageCompressor(Compression.parse(CODECS[(int) (seed % CODECS.length)]));
        RowDataSerializer serializer = new RowDataSerializer(type);
        try (RowFileWriter writer =
                new RowFileWriter(
                        new LocalOutputFile(file),
                        schema,
                        type,
                        IntStream.range(0, type.getFieldCount()).toArray(),
                        settings,
                        compressor)) {
            for (int i = 0; i < rows.size(); i++) {
                RowData row = rows.get(i);
                long position =
                        writer.write((seed + i) % 2 == 0 ? row : serializer.toBinaryRow(row));
                assertThat(position).isEqualTo(i);
            }
            writer.finish();
        } finally {
            compressor.release();
        }
        return schema;
    }

    private static List<List<Object>> parquetMr(Path path, RowType type) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new GroupReader(new LocalInputFile(path)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(PlainValues.of(type, row));
            }
        }
        return rows;
    }

    private List<List<Object>> ours(Path path, RowType type) throws IOException {
        WrittenFile file =
                new WrittenFile(path.getFileName().toString(), Map.of(), Files.size(path), 0, "{}");
        return read(layout(type, List.of()), file, type.getFieldNames()).stream()
                .map(row -> PlainValues.of(type, row))
                .toList();
    }

    /** Every page has its place, and bloom filters know the values. */
    private static void checkIndexes(Path path, MessageType schema, int rows) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path))) {
            assertThat(reader.getRecordCount()).isEqualTo(rows);
            assertThat(reader.getFileMetaData().getSchema()).isEqualTo(schema);
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                for (ColumnChunkMetaData chunk : block.getColumns()) {
                    OffsetIndex pages = reader.readOffsetIndex(chunk);
                    assertThat(pages.getFirstRowIndex(0)).isZero();
                    if (chunk.getPrimitiveType().getPrimitiveTypeName()
                            != PrimitiveTypeName.BOOLEAN) {
                        BloomFilter filter = reader.readBloomFilter(chunk);
                        assertThat(filter).isNotNull();
                    }
                }
            }
        }
    }

    private static final class GroupReader extends ParquetReader.Builder<Group> {

        GroupReader(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport() {
                @Override
                public ReadContext init(
                        ParquetConfiguration configuration,
                        Map<String, String> keyValueMetaData,
                        MessageType fileSchema) {
                    return new ReadContext(fileSchema);
                }
            };
        }
    }
}
