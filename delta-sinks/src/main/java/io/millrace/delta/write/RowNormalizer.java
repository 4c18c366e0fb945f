package io.millrace.delta.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Puts the entries of maps in an order, so that rows which are equal have equal bytes. Rows without
 * maps stay as they are.
 */
interface RowNormalizer {

    RowData normalize(RowData row);

    static RowNormalizer of(RowType type) {
        if (!hasMap(type)) {
            return row -> row;
        }
        return row -> (RowData) normalize(type, row);
    }

    private static boolean hasMap(LogicalType type) {
        return type.is(LogicalTypeRoot.MAP)
                || type.getChildren().stream().anyMatch(RowNormalizer::hasMap);
    }

    private static Object normalize(LogicalType type, Object value) {
        if (value == null || !hasMap(type)) {
            return value;
        }
        if (value instanceof RowData row) {
            return normalizeRow((RowType) type, row);
        } else if (value instanceof MapData map) {
            return normalizeMap((MapType) type, map);
        } else if (value instanceof ArrayData array) {
            return new GenericArrayData(elements(type.getChildren().get(0), array).toArray());
        }
        return value;
    }

    private static GenericRowData normalizeRow(RowType type, RowData row) {
        GenericRowData normalized = new GenericRowData(row.getRowKind(), type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType field = type.getTypeAt(i);
            Object value = RowData.createFieldGetter(field.copy(true), i).getFieldOrNull(row);
            normalized.setField(i, normalize(field, value));
        }
        return normalized;
    }

    private static GenericMapData normalizeMap(MapType type, MapData map) {
        List<Object> keys = elements(type.getKeyType(), map.keyArray());
        List<Object> values = elements(type.getValueType(), map.valueArray());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(i -> String.valueOf(keys.get(i))));
        Map<Object, Object> sorted = new LinkedHashMap<>();
        order.forEach(i -> sorted.put(keys.get(i), values.get(i)));
        return new GenericMapData(sorted);
    }

    private static List<Object> elements(LogicalType type, ArrayData array) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.copy(true));
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(normalize(type, getter.getElementOrNull(array, i)));
        }
        return elements;
    }
}
