package io.millrace.delta.source;

import io.millrace.delta.table.KernelRows;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Any row as text that differs where values differ, down to the sign of zero and the scale of
 * decimals; the same text as {@link KernelRows} has for the same row.
 */
public final class RowText {

    private RowText() {}

    /** The first fields of a row, as many as {@code type} has. */
    public static String of(RowData row, RowType type) {
        List<LogicalType> types = type.getChildren();
        return IntStream.range(0, types.size())
                .mapToObj(
                        i -> text(RowData.createFieldGetter(nullable(types, i), i), types, row, i))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static LogicalType nullable(List<LogicalType> types, int i) {
        return types.get(i).copy(true);
    }

    private static String text(
            RowData.FieldGetter getter, List<LogicalType> types, RowData row, int i) {
        return text(getter.getFieldOrNull(row), types.get(i));
    }

    private static String text(Object value, LogicalType type) {
        if (value == null) {
            return "null";
        }
        return switch (type.getTypeRoot()) {
            case ROW -> of((RowData) value, (RowType) type);
            case ARRAY ->
                    elements((ArrayData) value, ((ArrayType) type).getElementType()).stream()
                            .collect(Collectors.joining(", ", "[", "]"));
            case MAP -> map((MapData) value, (MapType) type);
            case VARCHAR -> "'" + value + "'";
            case VARBINARY -> "x" + HexFormat.of().formatHex((byte[]) value);
            case DATE -> "d" + value;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    "t" + micros((TimestampData) value);
            case DECIMAL -> ((DecimalData) value).toBigDecimal().toPlainString();
            default -> String.valueOf(value);
        };
    }

    private static long micros(TimestampData value) {
        return Math.addExact(
                Math.multiplyExact(value.getMillisecond(), 1000L),
                value.getNanoOfMillisecond() / 1000);
    }

    private static List<String> elements(ArrayData array, LogicalType type) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.copy(true));
        return IntStream.range(0, array.size())
                .mapToObj(i -> text(getter.getElementOrNull(array, i), type))
                .toList();
    }

    private static String map(MapData map, MapType type) {
        List<String> keys = elements(map.keyArray(), type.getKeyType());
        List<String> values = elements(map.valueArray(), type.getValueType());
        return IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i) + "=" + values.get(i))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
