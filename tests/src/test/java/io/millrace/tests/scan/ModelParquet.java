package io.millrace.tests.scan;

import io.millrace.tests.scan.ModelType.Field;
import io.millrace.tests.scan.ModelType.ListOf;
import io.millrace.tests.scan.ModelType.MapOf;
import io.millrace.tests.scan.ModelType.Primitive;
import io.millrace.tests.scan.ModelType.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Writes rows of model tables with parquet-mr's own example classes, in random layouts. */
final class ModelParquet {

    private ModelParquet() {}

    /** Returns the size of the file. */
    static long write(
            Path file, List<Field> columns, List<Map<String, Object>> rows, Random random) {
        MessageType schema =
                new MessageType(
                        "rows",
                        columns.stream()
                                .map(f -> type(f.physical(), f.type()).withId(f.id()))
                                .toList());
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        try {
            Files.createDirectories(file.getParent());
            try (ParquetWriter<Group> writer =
                    ExampleParquetWriter.builder(new LocalOutputFile(file))
                            .withConf(new PlainParquetConfiguration())
                            .withType(schema)
                            .withCompressionCodec(
                                    random.nextBoolean()
                                            ? CompressionCodecName.SNAPPY
                                            : CompressionCodecName.ZSTD)
                            .withWriterVersion(
                                    random.nextBoolean()
                                            ? WriterVersion.PARQUET_1_0
                                            : WriterVersion.PARQUET_2_0)
                            .withDictionaryEncoding(random.nextBoolean())
                            .withRowGroupSize(random.nextBoolean() ? 600L : 1 << 20)
                            .withMinRowCountForPageSizeCheck(1)
                            .withPageRowCountLimit(1 + random.nextInt(8))
                            .build()) {
                for (Map<String, Object> row : rows) {
                    Group group = groups.newGroup();
                    putFields(group, columns, row);
                    writer.write(group);
                }
            }
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Type type(String name, ModelType type) {
        if (type instanceof ListOf list) {
            return Types.optionalList().element(type("element", list.element())).named(name);
        } else if (type instanceof MapOf map) {
            return Types.optionalMap()
                    .key(
                            Types.required(PrimitiveTypeName.BINARY)
                                    .as(LogicalTypeAnnotation.stringType())
                                    .named("key"))
                    .value(type("value", map.value()))
                    .named(name);
        } else if (type instanceof Struct struct) {
            var group = Types.optionalGroup();
            struct.fields()
                    .forEach(f -> group.addField(type(f.physical(), f.type()).withId(f.id())));
            return group.named(name);
        }
        ModelPrimitive kind = ((Primitive) type).kind();
        return Types.optional(kind.stored())
                .length(ModelPrimitive.LARGE_DECIMAL_BYTES)
                .as(kind.meaning().orElse(null))
                .named(name);
    }

    private static void putFields(Group group, List<Field> fields, Map<?, ?> values) {
        for (Field field : fields) {
            put(group, field.physical(), field.type(), values.get(field.name()));
        }
    }

    private static void put(Group group, String name, ModelType type, Object value) {
        if (value == null) {
            return;
        } else if (type instanceof ListOf list) {
            Group all = group.addGroup(name);
            ((List<?>) value).forEach(v -> put(all.addGroup("list"), "element", list.element(), v));
        } else if (type instanceof MapOf map) {
            Group all = group.addGroup(name);
            ((Map<?, ?>) value)
                    .forEach(
                            (k, v) -> {
                                Group entry = all.addGroup("key_value");
                                entry.add("key", (String) k);
                                put(entry, "value", map.value(), v);
                            });
        } else if (type instanceof Struct struct) {
            putFields(group.addGroup(name), struct.fields(), (Map<?, ?>) value);
        } else {
            putPrimitive(group, name, ((Primitive) type).kind(), value);
        }
    }

    private static void putPrimitive(Group group, String name, ModelPrimitive kind, Object value) {
        switch (kind) {
            case BOOLEAN -> group.add(name, (Boolean) value);
            case BYTE, SHORT, INT -> group.add(name, ((Number) value).intValue());
            case LONG -> group.add(name, (Long) value);
            case FLOAT -> group.add(name, (Float) value);
            case DOUBLE -> group.add(name, (Double) value);
            case SMALL_DECIMAL ->
                    group.add(name, ((BigDecimal) value).unscaledValue().intValueExact());
            case DECIMAL -> group.add(name, ((BigDecimal) value).unscaledValue().longValueExact());
            case LARGE_DECIMAL ->
                    group.add(name, Binary.fromConstantByteArray(wide((BigDecimal) value)));
            case STRING -> group.add(name, (String) value);
            case BINARY -> group.add(name, Binary.fromConstantByteArray((byte[]) value));
            case DATE -> group.add(name, (int) ((LocalDate) value).toEpochDay());
            case TIMESTAMP, TIMESTAMP_NTZ -> group.add(name, ModelPrimitive.micros(value));
        }
    }

    private static byte[] wide(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        byte[] bytes = new byte[ModelPrimitive.LARGE_DECIMAL_BYTES];
        Arrays.fill(bytes, (byte) (unscaled.signum() < 0 ? -1 : 0));
        byte[] digits = unscaled.toByteArray();
        System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
        return bytes;
    }
}
