package io.millrace.delta.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** The Flink type that a file's schema is the natural form of. */
final class ParquetTypes {

    private ParquetTypes() {}

    static RowType row(GroupType group) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (Type field : group.getFields()) {
            fields.add(new RowType.RowField(field.getName(), type(field)));
        }
        return new RowType(fields);
    }

    private static LogicalType type(Type field) {
        if (field.isPrimitive()) {
            return primitive(field.asPrimitiveType());
        }
        GroupType group = field.asGroupType();
        LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return new ArrayType(type(group.getType(0).asGroupType().getType(0)));
        } else if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
            GroupType entry = group.getType(0).asGroupType();
            return new MapType(type(entry.getType(0)), type(entry.getType(1)));
        }
        return row(group);
    }

    private static LogicalType primitive(PrimitiveType field) {
        LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
        return switch (field.getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanType();
            case INT32 -> new IntType();
            case INT64 -> annotation == null ? new BigIntType() : new LocalZonedTimestampType(6);
            case INT96 -> new LocalZonedTimestampType(6);
            case FLOAT -> new FloatType();
            case DOUBLE -> new DoubleType();
            case BINARY, FIXED_LEN_BYTE_ARRAY -> {
                if (annotation
                        instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
                    yield new DecimalType(decimal.getPrecision(), decimal.getScale());
                }
                yield annotation == null
                        ? new VarBinaryType(VarBinaryType.MAX_LENGTH)
                        : new VarCharType(VarCharType.MAX_LENGTH);
            }
        };
    }
}
