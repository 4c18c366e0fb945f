package io.millrace.artifacts.queries;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Values of columns, made of the name of the column, the number of the row and a salt: few
 * different ones, so that joins and groups meet, but in a column {@code id} each one once.
 */
final class TestValues {
    static final int ROWS = 16;

    private final Map<String, Integer> salts;

    TestValues(Map<String, Integer> salts) {
        this.salts = Map.copyOf(salts);
    }

    RowData row(RowType type, int number) {
        GenericRowData row = new GenericRowData(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            String column = type.getFieldNames().get(i);
            int salt = salts.getOrDefault(column, 0);
            row.setField(
                    i,
                    column.equals("id")
                            ? (Object) (long) ((number * 5 + salt * 3) % ROWS)
                            : value(type.getTypeAt(i), Objects.hash(column, number, salt)));
        }
        return row;
    }

    private static Object value(LogicalType type, int seed) {
        int small = Math.floorMod((seed * 0x9E3779B9) >>> 7, 5);
        return switch (type.getTypeRoot()) {
            case BIGINT -> (long) small;
            case INTEGER -> small;
            case BOOLEAN -> small % 2 == 0;
            case VARCHAR, CHAR -> StringData.fromString("v" + small + " w" + small % 2);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield DecimalData.fromBigDecimal(
                        BigDecimal.valueOf(small * 25L, 2),
                        decimal.getPrecision(),
                        decimal.getScale());
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE -> TimestampData.fromEpochMillis(small * 60_000L);
            case ARRAY -> {
                LogicalType element = ((ArrayType) type).getElementType();
                Object[] elements = new Object[small % 3];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = value(element, seed + i + 1);
                }
                yield new GenericArrayData(elements);
            }
            case MAP -> {
                MapType map = (MapType) type;
                Map<Object, Object> entries = new HashMap<>();
                entries.put(value(map.getKeyType(), seed + 1), value(map.getValueType(), seed + 2));
                yield new GenericMapData(entries);
            }
            case ROW -> {
                RowType struct = (RowType) type;
                GenericRowData row = new GenericRowData(struct.getFieldCount());
                for (int i = 0; i < struct.getFieldCount(); i++) {
                    row.setField(i, value(struct.getTypeAt(i), seed + i + 1));
                }
                yield row;
            }
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
