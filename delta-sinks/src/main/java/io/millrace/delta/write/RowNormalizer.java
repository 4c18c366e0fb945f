package io.millrace.delta.write;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.flink.annotation.Internal;
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
@Internal
public final class RowNormalizer {

    private final UnaryOperator<Object> normalizer;

    private RowNormalizer(UnaryOperator<Object> normalizer) {
        this.normalizer = normalizer;
    }

    public static RowNormalizer of(RowType type) {
        return new RowNormalizer(normalizer(type));
    }

    public RowData normalize(RowData row) {
        return (RowData) normalizer.apply(row);
    }

    static boolean hasMap(LogicalType type) {
        return type.is(LogicalTypeRoot.MAP)
                || type.getChildren().stream().anyMatch(RowNormalizer::hasMap);
    }

    private static UnaryOperator<Object> normalizer(LogicalType type) {
        if (!hasMap(type)) {
            return value -> value;
        }
        UnaryOperator<Object> present =
                switch (type.getTypeRoot()) {
                    case ROW -> rows((RowType) type);
                    case MAP -> maps((MapType) type);
                    default -> arrays(type.getChildren().get(0));
                };
        return value -> value == null ? null : present.apply(value);
    }

    private static UnaryOperator<Object> rows(RowType type) {
        int arity = type.getFieldCount();
        RowData.FieldGetter[] getters = new RowData.FieldGetter[arity];
        @SuppressWarnings({"unchecked", "rawtypes"})
        UnaryOperator<Object>[] fields = new UnaryOperator[arity];
        for (int i = 0; i < arity; i++) {
            getters[i] = RowData.createFieldGetter(type.getTypeAt(i).copy(true), i);
            fields[i] = normalizer(type.getTypeAt(i));
        }
        return value -> {
            RowData row = (RowData) value;
            GenericRowData normalized = new GenericRowData(row.getRowKind(), arity);
            for (int i = 0; i < arity; i++) {
                normalized.setField(i, fields[i].apply(getters[i].getFieldOrNull(row)));
            }
            return normalized;
        };
    }

    private static UnaryOperator<Object> arrays(LogicalType elementType) {
        UnaryOperator<Object> elements = elements(elementType);
        return value -> new GenericArrayData((Object[]) elements.apply(value));
    }

    private static UnaryOperator<Object> maps(MapType type) {
        UnaryOperator<Object> keys = elements(type.getKeyType());
        UnaryOperator<Object> values = elements(type.getValueType());
        return value -> {
            MapData map = (MapData) value;
            Object[] key = (Object[]) keys.apply(map.keyArray());
            Object[] of = (Object[]) values.apply(map.valueArray());
            Map<String, Integer> order = new TreeMap<>();
            for (int i = 0; i < key.length; i++) {
                order.put(text(key[i]), i);
            }
            Map<Object, Object> sorted = new LinkedHashMap<>();
            order.values().forEach(i -> sorted.put(key[i], of[i]));
            return new GenericMapData(sorted);
        };
    }

    private static String text(Object key) {
        return key instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(key);
    }

    /** From an array to its elements as an array of objects. */
    private static UnaryOperator<Object> elements(LogicalType type) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.copy(true));
        UnaryOperator<Object> element = normalizer(type);
        return value -> {
            ArrayData array = (ArrayData) value;
            Object[] elements = new Object[array.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = element.apply(getter.getElementOrNull(array, i));
            }
            return elements;
        };
    }
}
