package io.millrace.delta.write;

import io.millrace.delta.write.page.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Rows, and what parquet-mr reads of them, as values that are compared with equals. */
final class PlainValues {

    private PlainValues() {}

    static List<Object> of(RowType type, RowData row) {
        List<Object> fields = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            RowData.FieldGetter getter = RowData.createFieldGetter(type.getTypeAt(i).copy(true), i);
            fields.add(of(type.getTypeAt(i), getter.getFieldOrNull(row)));
        }
        return fields;
    }

    private static Object of(LogicalType type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT -> ((Number) value).intValue();
            case VARBINARY -> Arrays.toString((byte[]) value);
            case VARCHAR -> value.toString();
            case DECIMAL -> ((org.apache.flink.table.data.DecimalData) value).toBigDecimal();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    Timestamps.micros((TimestampData) value);
            case ARRAY -> elements(type.getChildren().get(0), (ArrayData) value);
            case MAP -> {
                MapData map = (MapData) value;
                List<Object> keys = elements(type.getChildren().get(0), map.keyArray());
                List<Object> values = elements(type.getChildren().get(1), map.valueArray());
                Map<Object, Object> entries = new TreeMap<>();
                for (int i = 0; i < keys.size(); i++) {
                    entries.put(keys.get(i), values.get(i));
                }
                yield entries;
            }
            case ROW -> of((RowType) type, (RowData) value);
            default -> value;
        };
    }

    private static List<Object> elements(LogicalType type, ArrayData array) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.copy(true));
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(of(type, getter.getElementOrNull(array, i)));
        }
        return elements;
    }

    static List<Object> of(RowType type, Group group) {
        List<Object> fields = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            fields.add(
                    group.getFieldRepetitionCount(i) == 0
                            ? null
                            : of(type.getTypeAt(i), group, i, 0));
        }
        return fields;
    }

    private static Object of(LogicalType type, Group group, int field, int index) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> group.getBoolean(field, index);
            case TINYINT, SMALLINT, INTEGER, DATE -> group.getInteger(field, index);
            case BIGINT, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    group.getLong(field, index);
            case FLOAT -> group.getFloat(field, index);
            case DOUBLE -> group.getDouble(field, index);
            case VARCHAR ->
                    new String(group.getBinary(field, index).getBytes(), StandardCharsets.UTF_8);
            case VARBINARY -> Arrays.toString(group.getBinary(field, index).getBytes());
            case DECIMAL -> decimal((DecimalType) type, group, field, index);
            case ARRAY -> {
                Group list = group.getGroup(field, index);
                List<Object> elements = new ArrayList<>();
                for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
                    elements.add(inner(type.getChildren().get(0), list.getGroup(0, i), 0));
                }
                yield elements;
            }
            case MAP -> {
                Group map = group.getGroup(field, index);
                Map<Object, Object> entries = new TreeMap<>();
                for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
                    Group entry = map.getGroup(0, i);
                    entries.put(
                            inner(type.getChildren().get(0), entry, 0),
                            inner(type.getChildren().get(1), entry, 1));
                }
                yield new LinkedHashMap<>(entries);
            }
            default -> of((RowType) type, group.getGroup(field, index));
        };
    }

    private static Object inner(LogicalType type, Group group, int field) {
        return group.getFieldRepetitionCount(field) == 0 ? null : of(type, group, field, 0);
    }

    private static BigDecimal decimal(DecimalType type, Group group, int field, int index) {
        GroupType stored = group.getType();
        PrimitiveTypeName physical = stored.getType(field).asPrimitiveType().getPrimitiveTypeName();
        BigInteger unscaled =
                switch (physical) {
                    case INT32 -> BigInteger.valueOf(group.getInteger(field, index));
                    case INT64 -> BigInteger.valueOf(group.getLong(field, index));
                    default -> new BigInteger(group.getBinary(field, index).getBytes());
                };
        return new BigDecimal(unscaled, type.getScale());
    }
}
