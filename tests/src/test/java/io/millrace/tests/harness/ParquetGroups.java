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
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
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
                    if (row.get(i) instanceof Long number) {
                        group.add(columns.get(i).name(), number);
                    } else if (row.get(i) != null) {
                        group.add(columns.get(i).name(), (String) row.get(i));
                    }
                }
                writer.write(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageType schema(List<Column> columns) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (Column column : columns) {
            if (column.type() == TableLayout.Type.BIGINT) {
                schema.optional(PrimitiveTypeName.INT64).named(column.name());
            } else {
                schema.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.name());
            }
        }
        return schema.named("spark_schema");
    }

    /** All rows in the order of the file, by column name; nested columns are not read. */
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
            if (group.getType().getType(i).isPrimitive()) {
                row.put(
                        group.getType().getFieldName(i),
                        group.getFieldRepetitionCount(i) == 0 ? null : value(group, i));
            }
        }
        return row;
    }

    private static Object value(Group group, int field) {
        PrimitiveType type = group.getType().getType(field).asPrimitiveType();
        if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
            BigInteger unscaled =
                    switch (type.getPrimitiveTypeName()) {
                        case INT32 -> BigInteger.valueOf(group.getInteger(field, 0));
                        case INT64 -> BigInteger.valueOf(group.getLong(field, 0));
                        default -> new BigInteger(group.getBinary(field, 0).getBytes());
                    };
            return new BigDecimal(unscaled, decimal.getScale());
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
