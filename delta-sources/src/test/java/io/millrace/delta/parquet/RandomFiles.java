package io.millrace.delta.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Files of random rows, written by parquet-mr in random layouts. */
final class RandomFiles {

    private final Random random;
    private final MessageType schema;
    private int distinct;

    RandomFiles(long seed, MessageType schema) {
        this.random = new Random(seed);
        this.schema = schema;
    }

    /** Rows whose required top-level integers count up. */
    List<Group> rows(int count) {
        distinct = random.nextBoolean() ? 5 : 100_000;
        List<Group> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i == count / 2 && random.nextBoolean()) {
                distinct = 100_000;
            }
            Group row = new SimpleGroup(schema);
            fill(row, schema, i);
            rows.add(row);
        }
        return rows;
    }

    private void fill(Group group, GroupType type, int counter) {
        for (Type field : type.getFields()) {
            int times =
                    field.isRepetition(Repetition.REQUIRED)
                            ? 1
                            : field.isRepetition(Repetition.OPTIONAL)
                                    ? (random.nextInt(5) == 0 ? 0 : 1)
                                    : random.nextInt(4) == 0 ? 0 : random.nextInt(5);
            for (int i = 0; i < times; i++) {
                if (!field.isPrimitive()) {
                    fill(group.addGroup(field.getName()), field.asGroupType(), counter);
                } else if (field.getName().equals("counter")) {
                    group.add(field.getName(), counter);
                } else {
                    add(group, field.asPrimitiveType());
                }
            }
        }
    }

    private void add(Group group, PrimitiveType field) {
        String name = field.getName();
        long number = random.nextInt(distinct) * 1_000_003L % 999_999_937L;
        switch (field.getPrimitiveTypeName()) {
            case INT32 -> group.add(name, (int) (random.nextBoolean() ? number : -number));
            case INT64 -> group.add(name, number * number);
            case INT96 -> group.add(name, int96(number));
            case FLOAT -> group.add(name, (float) number);
            case DOUBLE -> group.add(name, number / 3.0);
            case BOOLEAN -> group.add(name, number % 2 == 0);
            case BINARY ->
                    group.add(
                            name, Binary.fromString("ä" + "x".repeat((int) (number % 7)) + number));
            case FIXED_LEN_BYTE_ARRAY -> {
                byte[] bytes = new byte[field.getTypeLength()];
                ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) number);
                group.add(name, Binary.fromConstantByteArray(bytes));
            }
        }
    }

    private static Binary int96(long number) {
        return Binary.fromConstantByteArray(
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(number * 86_000)
                        .putInt((int) (2_440_588 + number % 10_000))
                        .array());
    }

    /** Writes the rows with a random choice of page version, sizes, encodings and codec. */
    String write(Path file, List<Group> rows) throws IOException {
        WriterVersion version =
                random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
        boolean dictionary = random.nextInt(3) > 0;
        boolean split = random.nextBoolean();
        int pageRows = 1 + random.nextInt(random.nextBoolean() ? 30 : 3000);
        int pageSize = random.nextBoolean() ? 300 : 1 << 20;
        int dictionarySize = random.nextBoolean() ? 200 : 1 << 20;
        CompressionCodecName[] codecs = {
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW
        };
        CompressionCodecName codec = codecs[random.nextInt(codecs.length)];
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withType(schema)
                        .withWriterVersion(version)
                        .withDictionaryEncoding(dictionary)
                        .withDictionaryPageSize(dictionarySize)
                        .withByteStreamSplitEncoding(split)
                        .withPageRowCountLimit(pageRows)
                        .withPageSize(pageSize)
                        .withMinRowCountForPageSizeCheck(5)
                        .withRowGroupSize((long) (random.nextBoolean() ? 20_000 : 1 << 26))
                        .withCompressionCodec(codec)
                        .build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        }
        return "%s dictionary=%s/%d split=%s page=%d/%d %s"
                .formatted(version, dictionary, dictionarySize, split, pageRows, pageSize, codec);
    }
}
