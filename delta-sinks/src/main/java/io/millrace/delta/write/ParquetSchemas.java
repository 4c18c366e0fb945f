package io.millrace.delta.write;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The Parquet schema of a table's files, as Delta Kernel and Spark write it. */
final class ParquetSchemas {

    private static final int MAX_INT_DIGITS = 9;
    private static final int MAX_LONG_DIGITS = 18;

    private final ColumnMapping mapping;

    private ParquetSchemas(ColumnMapping mapping) {
        this.mapping = mapping;
    }

    /** The schema of files in {@code layout}; with {@code _change_type} at the end if asked for. */
    static MessageType schemaOf(FileLayout layout, boolean withChangeType) {
        ParquetSchemas schemas = new ParquetSchemas(layout.mapping());
        List<Type> fields = new ArrayList<>();
        for (String column : layout.storedColumns()) {
            fields.add(schemas.field(layout.field(column)));
        }
        if (withChangeType) {
            fields.add(
                    Types.optional(BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(ParquetRowWriter.CHANGE_TYPE));
        }
        return new MessageType("millrace", fields);
    }

    /** Bytes that the unscaled value of a decimal of {@code precision} digits needs at most. */
    static int decimalBytes(int precision) {
        BigInteger largest = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        return largest.bitLength() / 8 + 1;
    }

    private Type field(StructField field) {
        Repetition repetition = field.isNullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        Type type = type(field.getDataType(), repetition, mapping.physicalName(field));
        OptionalInt id = mapping.fieldId(field);
        return id.isPresent() ? type.withId(id.getAsInt()) : type;
    }

    private Type type(DataType type, Repetition repetition, String name) {
        if (type instanceof StructType struct) {
            List<Type> fields = struct.fields().stream().map(this::field).toList();
            return Types.buildGroup(repetition).addFields(fields.toArray(Type[]::new)).named(name);
        } else if (type instanceof ArrayType array) {
            Type element = type(array.getElementType(), nullable(array.containsNull()), "element");
            return Types.buildGroup(repetition)
                    .as(LogicalTypeAnnotation.listType())
                    .addField(Types.repeatedGroup().addField(element).named("list"))
                    .named(name);
        } else if (type instanceof MapType map) {
            Type key = type(map.getKeyType(), Repetition.REQUIRED, "key");
            Type value = type(map.getValueType(), nullable(map.isValueContainsNull()), "value");
            return Types.buildGroup(repetition)
                    .as(LogicalTypeAnnotation.mapType())
                    .addField(Types.repeatedGroup().addFields(key, value).named("key_value"))
                    .named(name);
        }
        return primitive(type, repetition, name);
    }

    private static Repetition nullable(boolean nullable) {
        return nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    }

    private static Type primitive(DataType type, Repetition repetition, String name) {
        if (type instanceof DecimalType decimal) {
            return decimal(decimal, repetition, name);
        } else if (type instanceof ByteType) {
            return of(INT32, repetition, LogicalTypeAnnotation.intType(8, true), name);
        } else if (type instanceof ShortType) {
            return of(INT32, repetition, LogicalTypeAnnotation.intType(16, true), name);
        } else if (type instanceof IntegerType) {
            return of(INT32, repetition, null, name);
        } else if (type instanceof LongType) {
            return of(INT64, repetition, null, name);
        } else if (type instanceof BooleanType) {
            return of(BOOLEAN, repetition, null, name);
        } else if (type instanceof FloatType) {
            return of(FLOAT, repetition, null, name);
        } else if (type instanceof DoubleType) {
            return of(DOUBLE, repetition, null, name);
        } else if (type instanceof StringType) {
            return of(BINARY, repetition, LogicalTypeAnnotation.stringType(), name);
        } else if (type instanceof BinaryType) {
            return of(BINARY, repetition, null, name);
        } else if (type instanceof DateType) {
            return of(INT32, repetition, LogicalTypeAnnotation.dateType(), name);
        } else if (type instanceof TimestampType) {
            return of(INT64, repetition, micros(true), name);
        } else if (type instanceof TimestampNTZType) {
            return of(INT64, repetition, micros(false), name);
        }
        throw new IllegalArgumentException("cannot write column " + name + " of type " + type);
    }

    private static LogicalTypeAnnotation micros(boolean adjustedToUtc) {
        return LogicalTypeAnnotation.timestampType(adjustedToUtc, TimeUnit.MICROS);
    }

    private static Type of(
            PrimitiveTypeName physical,
            Repetition repetition,
            LogicalTypeAnnotation logical,
            String name) {
        return Types.primitive(physical, repetition).as(logical).named(name);
    }

    private static Type decimal(DecimalType decimal, Repetition repetition, String name) {
        int precision = decimal.getPrecision();
        LogicalTypeAnnotation logical =
                LogicalTypeAnnotation.decimalType(decimal.getScale(), precision);
        if (precision <= MAX_INT_DIGITS) {
            return of(INT32, repetition, logical, name);
        } else if (precision <= MAX_LONG_DIGITS) {
            return of(INT64, repetition, logical, name);
        }
        return Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
                .length(decimalBytes(precision))
                .as(logical)
                .named(name);
    }
}
