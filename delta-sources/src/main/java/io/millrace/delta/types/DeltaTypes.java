package io.millrace.delta.types;

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
import io.millrace.delta.table.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.VariantType;

/**
 * Delta types as Flink types and back.
 *
 * <p>Both directions keep names, order and nullability. Delta has no lengths: CHAR and VARCHAR
 * become {@code string}, BINARY and VARBINARY {@code binary}; timestamps have microseconds.
 * Variants are read, not stored.
 */
public final class DeltaTypes {

    private static final int MICROSECONDS = 6;

    private DeltaTypes() {}

    public static RowType toRowType(StructType struct) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (StructField field : struct.fields()) {
            fields.add(
                    new RowType.RowField(
                            field.getName(),
                            toLogicalType(field.getDataType(), field.isNullable())));
        }
        return new RowType(false, fields);
    }

    /**
     * Columns as a table can store them.
     *
     * @throws RefusedException for a type that Delta does not have, or that is only read
     */
    public static StructType toStructType(RowType row) {
        return toStructType(row, false);
    }

    /**
     * Columns as they are read from a table, variants too.
     *
     * @throws RefusedException for a type that Delta does not have
     */
    public static StructType toReadStructType(RowType row) {
        return toStructType(row, true);
    }

    private static StructType toStructType(RowType row, boolean variants) {
        StructType struct = new StructType();
        for (RowType.RowField field : row.getFields()) {
            struct =
                    struct.add(
                            field.getName(),
                            toDeltaType(field.getName(), field.getType(), variants),
                            field.getType().isNullable());
        }
        return struct;
    }

    public static LogicalType toLogicalType(DataType type, boolean nullable) {
        LogicalType logical = logical(type);
        return logical.copy(nullable);
    }

    private static LogicalType logical(DataType type) {
        if (type instanceof StructType struct) {
            return toRowType(struct);
        } else if (type instanceof ArrayType array) {
            return new org.apache.flink.table.types.logical.ArrayType(
                    toLogicalType(array.getElementType(), array.containsNull()));
        } else if (type instanceof MapType map) {
            return new org.apache.flink.table.types.logical.MapType(
                    toLogicalType(map.getKeyType(), false),
                    toLogicalType(map.getValueType(), map.isValueContainsNull()));
        } else if (type instanceof DecimalType decimal) {
            return new org.apache.flink.table.types.logical.DecimalType(
                    decimal.getPrecision(), decimal.getScale());
        } else if (type instanceof StringType) {
            return new VarCharType(VarCharType.MAX_LENGTH);
        } else if (type instanceof BinaryType) {
            return new VarBinaryType(VarBinaryType.MAX_LENGTH);
        } else if (type instanceof BooleanType) {
            return new org.apache.flink.table.types.logical.BooleanType();
        } else if (type instanceof ByteType) {
            return new TinyIntType();
        } else if (type instanceof ShortType) {
            return new SmallIntType();
        } else if (type instanceof IntegerType) {
            return new IntType();
        } else if (type instanceof LongType) {
            return new BigIntType();
        } else if (type instanceof FloatType) {
            return new org.apache.flink.table.types.logical.FloatType();
        } else if (type instanceof DoubleType) {
            return new org.apache.flink.table.types.logical.DoubleType();
        } else if (type instanceof DateType) {
            return new org.apache.flink.table.types.logical.DateType();
        } else if (type instanceof TimestampType) {
            return new LocalZonedTimestampType(MICROSECONDS);
        } else if (type instanceof TimestampNTZType) {
            return new org.apache.flink.table.types.logical.TimestampType(MICROSECONDS);
        } else if (type instanceof io.delta.kernel.types.VariantType) {
            return new VariantType();
        }
        throw new RefusedException(
                "Delta type "
                        + type
                        + " cannot be read. "
                        + "Leave the column out, or cast it to a supported type where the table is written.");
    }

    private static DataType toDeltaType(String column, LogicalType type, boolean variants) {
        if (variants && type instanceof VariantType) {
            return io.delta.kernel.types.VariantType.VARIANT;
        }
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> StringType.STRING;
            case BOOLEAN -> BooleanType.BOOLEAN;
            case BINARY, VARBINARY -> BinaryType.BINARY;
            case TINYINT -> ByteType.BYTE;
            case SMALLINT -> ShortType.SHORT;
            case INTEGER -> IntegerType.INTEGER;
            case BIGINT -> LongType.LONG;
            case FLOAT -> FloatType.FLOAT;
            case DOUBLE -> DoubleType.DOUBLE;
            case DATE -> DateType.DATE;
            case TIMESTAMP_WITHOUT_TIME_ZONE -> TimestampNTZType.TIMESTAMP_NTZ;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TimestampType.TIMESTAMP;
            case DECIMAL -> {
                var decimal = (org.apache.flink.table.types.logical.DecimalType) type;
                yield new DecimalType(decimal.getPrecision(), decimal.getScale());
            }
            case ARRAY -> {
                LogicalType element = type.getChildren().get(0);
                yield new ArrayType(
                        toDeltaType(column + ".element", element, variants), element.isNullable());
            }
            case MAP -> {
                LogicalType key = type.getChildren().get(0);
                LogicalType value = type.getChildren().get(1);
                yield new MapType(
                        toDeltaType(column + ".key", key, variants),
                        toDeltaType(column + ".value", value, variants),
                        value.isNullable());
            }
            case ROW -> toStructType((RowType) type, variants);
            default ->
                    throw new RefusedException(
                            "column "
                                    + column
                                    + " of type "
                                    + type.asSummaryString()
                                    + " cannot be stored in a Delta table. Cast it in the query, for example to STRING.");
        };
    }
}
