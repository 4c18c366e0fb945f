package io.millrace.functions.hash;

import io.millrace.functions.CanonicalValue;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/**
 * The text of arrays {@code [a,b]}, rows {@code (a,b)} and maps {@code {k:v}} (in key order).
 * Strings in them are quoted, with backslash before quote and backslash, and null is {@code null},
 * so that different values have different texts.
 */
final class NestedText {

    private final StringBuilder text = new StringBuilder();

    private NestedText() {}

    static String of(Object value, LogicalType type) {
        NestedText nested = new NestedText();
        nested.append(CanonicalValue.of(type).apply(value), type);
        return nested.text.toString();
    }

    private void append(Object value, LogicalType type) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof StringData string) {
            text.append('"');
            text.append(string.toString().replace("\\", "\\\\").replace("\"", "\\\""));
            text.append('"');
        } else if (value instanceof ArrayData array) {
            appendArray(array, ((ArrayType) type).getElementType());
        } else if (value instanceof MapData map) {
            appendMap(map, type);
        } else if (value instanceof RowData row) {
            appendRow(row, type.getChildren());
        } else {
            text.append(ValueText.text(value, type));
        }
    }

    private void appendArray(ArrayData array, LogicalType elementType) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        text.append('[');
        for (int i = 0; i < array.size(); i++) {
            separate(i);
            append(getter.getElementOrNull(array, i), elementType);
        }
        text.append(']');
    }

    private void appendMap(MapData map, LogicalType type) {
        LogicalType keyType =
                type instanceof MapType m ? m.getKeyType() : ((MultisetType) type).getElementType();
        LogicalType valueType = type instanceof MapType m ? m.getValueType() : new IntType();
        ArrayData.ElementGetter keys = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter values = ArrayData.createElementGetter(valueType);
        text.append('{');
        for (int i = 0; i < map.size(); i++) {
            separate(i);
            append(keys.getElementOrNull(map.keyArray(), i), keyType);
            text.append(':');
            append(values.getElementOrNull(map.valueArray(), i), valueType);
        }
        text.append('}');
    }

    private void appendRow(RowData row, List<LogicalType> types) {
        text.append('(');
        for (int i = 0; i < types.size(); i++) {
            separate(i);
            append(RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row), types.get(i));
        }
        text.append(')');
    }

    private void separate(int position) {
        if (position > 0) {
            text.append(',');
        }
    }
}
