package io.millrace.tests.harness;

import io.millrace.tests.harness.TableLayout.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Parquet files through parquet-mr's own example classes: none of the code under test. */
final class ParquetGroups {

    private ParquetGroups() {}

    /**
     * Writes rows whose values are in the order of the columns; a small row group makes several.
     */
    static void write(Path file, List<Column> columns, List<List<Object>> rows, int rowGroupSize) {
        MessageType schema = schema(columns);
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withConf(new PlainParquetConfiguration())
                        .withType(schema)
                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                        .withRowGroupSize((long) rowGroupSize)
                        .withMinRowCountForPageSizeCheck(1)
                        .withPageSize(64)
                        .build()) {
            for (List<Object> row : rows) {
                Group group = groups.newGroup();
                for (int i = 0; i < columns.size(); i++) {
                    if (row.get(i) != null) {
                        put(group, columns.get(i).name(), row.get(i));
                    }
                }
                writer.write(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Group group, String name, Object value) {
        if (value instanceof Long number) {
            group.add(name, number);
        } else if (value instanceof BigDecimal decimal) {
            group.add(name, decimal.unscaledValue().longValueExact());
        } else if (value instanceof List<?> list) {
            Group elements = group.addGroup(name);
            for (Object element : list) {
                Group entry = elements.addGroup("list");
                if (element != null) {
                    entry.add("element", (String) element);
                }
            }
        } else if (value instanceof Map<?, ?> map) {
            Group entries = group.addGroup(name);
            map.forEach(
                    (key, mapped) -> {
                        Group entry = entries.addGroup("key_value");
                        entry.add("key", (String) key);
                        if (mapped != null) {
                            entry.add("value", (String) mapped);
                        }
                    });
        } else {
            group.add(name, (String) value);
        }
    }

    private static MessageType schema(List<Column> columns) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        columns.forEach(column -> schema.addField(field(column)));
        return schema.named("spark_schema");
    }

    private static Type field(Column column) {
        String name = column.name();
        return switch (column.type()) {
            case BIGINT -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case STRING -> string(name);
            case DECIMAL ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.decimalType(2, 12))
                            .named(name);
            case TIMESTAMP ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named(name);
            case STRINGS -> Types.optionalList().element(string("element")).named(name);
            case STRING_MAP ->
                    Types.optionalMap()
                            .key(
                                    Types.required(PrimitiveTypeName.BINARY)
                                            .as(LogicalTypeAnnotation.stringType())
                                            .named("key"))
                            .value(string("value"))
                            .named(name);
        };
    }

    private static Type string(String name) {
        return Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    /** All rows in the order of the file, by column name; maps are sorted by key. */
    static List<Map<String, Object>> read(Path file) {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file)).build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(values(group));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Map<String, Object> values(Group group) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
            row.put(group.getType().getFieldName(i), value(group, i));
        }
        return row;
    }

    private static Object value(Group group, int field) {
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(group, field, type.asPrimitiveType());
        }
        Group nested = group.getGroup(field, 0);
        boolean isMap =
                type.getLogicalTypeAnnotation()
                        instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation;
        List<Object> list = new ArrayList<>();
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < nested.getFieldRepetitionCount(0); i++) {
            Group entry = nested.getGroup(0, i);
            if (isMap) {
                map.put(entry.getString(0, 0), value(entry, 1));
            } else {
                list.add(value(entry, 0));
            }
        }
        return isMap ? map : list;
    }

    private static Object primitive(Group group, int field, PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            BigInteger unscaled =
                    switch (type.getPrimitiveTypeName()) {
                        case INT32 -> BigInteger.valueOf(group.getInteger(field, 0));
                        case INT64 -> BigInteger.valueOf(group.getLong(field, 0));
                        default -> new BigInteger(group.getBinary(field, 0).getBytes());
                    };
            return new BigDecimal(unscaled, decimal.getScale());
        }
        if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
            long value = group.getLong(field, 0);
            return switch (timestamp.getUnit()) {
                case MILLIS -> value * 1000;
                case MICROS -> value;
                case NANOS -> value / 1000;
            };
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> (long) group.getInteger(field, 0);
            case INT64 -> group.getLong(field, 0);
            case BOOLEAN -> group.getBoolean(field, 0);
            case DOUBLE -> group.getDouble(field, 0);
            case FLOAT -> (double) group.getFloat(field, 0);
            default -> group.getString(field, 0);
        };
    }

    private static final class Builder extends ParquetReader.Builder<Group> {

        Builder(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport() {
                @Override
                public ReadContext init(InitContext context) {
                    return new ReadContext(context.getFileSchema());
                }
            };
        }
    }
}
