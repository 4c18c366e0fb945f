package io.millrace.delta.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Columns as an Arrow schema, the one form in which other programs read them.
 *
 * <p>{@code TIMESTAMP_LTZ} is a timestamp in UTC, {@code TIMESTAMP} one without zone, both in
 * microseconds; decimals have 128 bits. List elements are named {@code element}, map entries {@code
 * entries} of {@code key} and {@code value}. What has no Arrow type of its own says in its
 * metadata, under {@code delta.type}, what it is: {@code void}, {@code variant} (a struct of the
 * two binaries that it is stored as).
 *
 * <p>A column of a semantic kind is of the extension type {@code millrace.kind}, with the kind as
 * its metadata; readers that do not know it see the type below. {@code TIME} is in microseconds,
 * intervals are {@code YEAR_MONTH} and durations in milliseconds, a multiset is a map to counts.
 */
public final class ArrowSchemas {

    /** The name of the extension type of columns with a semantic kind. */
    public static final String KIND_TYPE = "millrace.kind";

    private static final String EXTENSION_NAME = "ARROW:extension:name";
    private static final String EXTENSION_METADATA = "ARROW:extension:metadata";

    private static final String DELTA_TYPE = "delta.type";

    private ArrowSchemas() {}

    /** The schema as JSON; the same columns give the same text. */
    static String json(RowType rowType) {
        return new Schema(fields(rowType)).toJson();
    }

    /**
     * The schema of rows.
     *
     * @param kinds semantic kinds of columns, by column
     * @throws IllegalArgumentException if a type has no Arrow type
     */
    public static Schema of(RowType rowType, Map<String, String> kinds) {
        return new Schema(
                fields(rowType).stream()
                        .map(
                                field ->
                                        kinds.containsKey(field.getName())
                                                ? ofKind(field, kinds.get(field.getName()))
                                                : field)
                        .toList());
    }

    private static Field ofKind(Field field, String kind) {
        Map<String, String> metadata = new LinkedHashMap<>(field.getMetadata());
        metadata.put(EXTENSION_NAME, KIND_TYPE);
        metadata.put(EXTENSION_METADATA, kind);
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), field.getType(), null, metadata),
                field.getChildren());
    }

    private static List<Field> fields(RowType rowType) {
        return rowType.getFields().stream()
                .map(field -> field(field.getName(), field.getType()))
                .toList();
    }

    private static Field field(String name, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case NULL -> noted(name, type, ArrowType.Null.INSTANCE, "void", List.of());
            case VARIANT ->
                    noted(
                            name,
                            type,
                            ArrowType.Struct.INSTANCE,
                            "variant",
                            List.of(binary("metadata"), binary("value")));
            case ARRAY ->
                    plain(
                            name,
                            type,
                            ArrowType.List.INSTANCE,
                            List.of(field("element", type.getChildren().get(0))));
            case MAP -> map(name, type, type.getChildren().get(1));
            case MULTISET -> map(name, type, new IntType(false));
            case ROW -> plain(name, type, ArrowType.Struct.INSTANCE, fields((RowType) type));
            case STRUCTURED_TYPE ->
                    plain(
                            name,
                            type,
                            ArrowType.Struct.INSTANCE,
                            fields(
                                    RowType.of(
                                            type.getChildren().toArray(LogicalType[]::new),
                                            LogicalTypeChecks.getFieldNames(type)
                                                    .toArray(String[]::new))));
            default -> plain(name, type, atomic(name, type), List.of());
        };
    }

    private static Field map(String name, LogicalType type, LogicalType values) {
        Field entries =
                new Field(
                        "entries",
                        FieldType.notNullable(ArrowType.Struct.INSTANCE),
                        List.of(
                                field("key", type.getChildren().get(0).copy(false)),
                                field("value", values)));
        return plain(name, type, new ArrowType.Map(false), List.of(entries));
    }

    private static ArrowType atomic(String name, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case TINYINT -> new ArrowType.Int(8, true);
            case SMALLINT -> new ArrowType.Int(16, true);
            case INTEGER -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield new ArrowType.Decimal(decimal.getPrecision(), decimal.getScale(), 128);
            }
            case CHAR, VARCHAR -> ArrowType.Utf8.INSTANCE;
            case BINARY, VARBINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case TIMESTAMP_WITHOUT_TIME_ZONE -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIME_WITHOUT_TIME_ZONE -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case INTERVAL_YEAR_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case INTERVAL_DAY_TIME -> new ArrowType.Duration(TimeUnit.MILLISECOND);
            default ->
                    throw new IllegalArgumentException(
                            "column " + name + " of type " + type + " has no Arrow type");
        };
    }

    private static Field plain(
            String name, LogicalType type, ArrowType arrow, List<Field> children) {
        return new Field(name, new FieldType(type.isNullable(), arrow, null), children);
    }

    private static Field noted(
            String name,
            LogicalType type,
            ArrowType arrow,
            String deltaType,
            List<Field> children) {
        return new Field(
                name,
                new FieldType(type.isNullable(), arrow, null, Map.of(DELTA_TYPE, deltaType)),
                children);
    }

    private static Field binary(String name) {
        return new Field(name, FieldType.notNullable(ArrowType.Binary.INSTANCE), List.of());
    }
}
