package io.millrace.functions;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/**
 * One form for equal values: maps, wherever they are nested, get their entries in key order, so
 * that equal values are equal bytes. Values of types without maps are handed through.
 */
public final class CanonicalValue implements UnaryOperator<Object>, Serializable {

    private static final long serialVersionUID = 1L;

    private final SerializableOperator form;

    private CanonicalValue(SerializableOperator form) {
        this.form = form;
    }

    public static CanonicalValue of(LogicalType type) {
        return new CanonicalValue(form(type));
    }

    @Override
    public Object apply(Object value) {
        return value == null ? null : form.apply(value);
    }

    private static SerializableOperator form(LogicalType type) {
        if (!ValueOrder.holdsMap(type)) {
            return value -> value;
        }
        return switch (type.getTypeRoot()) {
            case MAP -> map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case MULTISET -> map(((MultisetType) type).getElementType(), new IntType());
            case ARRAY -> array(((ArrayType) type).getElementType());
            default -> row(type.getChildren());
        };
    }

    private static SerializableOperator map(LogicalType keyType, LogicalType valueType) {
        MapEntries entries = new MapEntries(keyType, valueType);
        CanonicalValue keys = of(keyType);
        CanonicalValue values = of(valueType);
        return value -> {
            Map<Object, Object> sorted = new LinkedHashMap<>();
            for (Object[] entry : entries.sorted((MapData) value)) {
                sorted.put(keys.apply(entry[0]), values.apply(entry[1]));
            }
            return new GenericMapData(sorted);
        };
    }

    private static SerializableOperator array(LogicalType elementType) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        CanonicalValue elements = of(elementType);
        return value -> {
            ArrayData array = (ArrayData) value;
            Object[] all = new Object[array.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = elements.apply(getter.getElementOrNull(array, i));
            }
            return new GenericArrayData(all);
        };
    }

    private static SerializableOperator row(List<LogicalType> types) {
        int arity = types.size();
        RowData.FieldGetter[] getters = new RowData.FieldGetter[arity];
        CanonicalValue[] fields = new CanonicalValue[arity];
        for (int i = 0; i < arity; i++) {
            getters[i] = RowData.createFieldGetter(types.get(i), i);
            fields[i] = of(types.get(i));
        }
        return value -> {
            GenericRowData row = new GenericRowData(arity);
            for (int i = 0; i < arity; i++) {
                row.setField(i, fields[i].apply(getters[i].getFieldOrNull((RowData) value)));
            }
            return row;
        };
    }

    private interface SerializableOperator extends UnaryOperator<Object>, Serializable {}
}
