package io.millrace.arrow;

import io.millrace.delta.table.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.NullType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The types of columns that come as Arrow. Unsigned integers take the next larger type, timestamps
 * of any unit microseconds; one with a zone, whichever, is a point in time.
 */
final class ArrowTypes {
    private static final int MICROS = 6;
    private static final int LARGEST_DECIMAL = 38;

    private ArrowTypes() {}

    /**
     * @throws RefusedException if a column is of a type that cannot be taken
     */
    static RowType of(Schema schema) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (Field field : schema.getFields()) {
            fields.add(new RowType.RowField(field.getName(), of(field.getName(), field)));
        }
        return new RowType(fields);
    }

    private static LogicalType of(String column, Field field) {
        if (field.getDictionary() != null) {
            throw refused(column, "is dictionary-encoded", "Send its values");
        }
        return type(column, field).copy(field.isNullable());
    }

    private static LogicalType type(String column, Field field) {
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Null -> new NullType();
            case Bool -> new BooleanType();
            case Int -> integer(column, (ArrowType.Int) type);
            case FloatingPoint ->
                    switch (((ArrowType.FloatingPoint) type).getPrecision()) {
                        case SINGLE -> new FloatType();
                        case DOUBLE -> new DoubleType();
                        case HALF -> throw unknown(column, FloatingPointPrecision.HALF + " floats");
                    };
            case Decimal -> {
                ArrowType.Decimal decimal = (ArrowType.Decimal) type;
                if (decimal.getPrecision() > LARGEST_DECIMAL || decimal.getScale() < 0) {
                    throw unknown(column, type.toString());
                }
                yield new DecimalType(decimal.getPrecision(), decimal.getScale());
            }
            case Utf8, LargeUtf8 -> new VarCharType(VarCharType.MAX_LENGTH);
            case Binary, LargeBinary, FixedSizeBinary ->
                    new VarBinaryType(VarBinaryType.MAX_LENGTH);
            case Date -> new DateType();
            case Timestamp ->
                    ((ArrowType.Timestamp) type).getTimezone() == null
                            ? new TimestampType(MICROS)
                            : new LocalZonedTimestampType(MICROS);
            case List, LargeList, FixedSizeList ->
                    new ArrayType(of(column, field.getChildren().get(0)));
            case Map -> {
                List<Field> entry = field.getChildren().get(0).getChildren();
                yield new MapType(of(column, entry.get(0)), of(column, entry.get(1)));
            }
            case Struct -> of(new Schema(field.getChildren()));
            default -> throw unknown(column, type.toString());
        };
    }

    private static LogicalType integer(String column, ArrowType.Int type) {
        int bits = type.getIsSigned() ? type.getBitWidth() : 2 * type.getBitWidth();
        return switch (bits) {
            case 8 -> new TinyIntType();
            case 16 -> new SmallIntType();
            case 32 -> new IntType();
            case 64 -> new BigIntType();
            default -> throw unknown(column, type.toString());
        };
    }

    private static RefusedException unknown(String column, String type) {
        return refused(column, "is of type " + type, "Cast it where it comes from");
    }

    private static RefusedException refused(String column, String problem, String advice) {
        return new RefusedException(
                "input: cannot take column '" + column + "': it " + problem + ". " + advice + ".");
    }
}
