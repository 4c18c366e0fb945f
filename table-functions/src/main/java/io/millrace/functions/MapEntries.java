package io.millrace.functions;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.types.logical.LogicalType;

/** The entries of an internal map as [key, value] pairs, sorted by key and then value. */
final class MapEntries implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ValueOrder keys;
    private final ValueOrder values;
    private final ArrayData.ElementGetter key;
    private final ArrayData.ElementGetter value;

    MapEntries(LogicalType keyType, LogicalType valueType) {
        this.keys = ValueOrder.of(keyType);
        this.values = ValueOrder.of(valueType);
        this.key = ArrayData.createElementGetter(keyType);
        this.value = ArrayData.createElementGetter(valueType);
    }

    Object[][] sorted(MapData map) {
        ArrayData keyArray = map.keyArray();
        ArrayData valueArray = map.valueArray();
        Object[][] entries = new Object[map.size()][];
        for (int i = 0; i < entries.length; i++) {
            entries[i] =
                    new Object[] {
                        key.getElementOrNull(keyArray, i), value.getElementOrNull(valueArray, i)
                    };
        }
        Arrays.sort(entries, this::compare);
        return entries;
    }

    int compare(Object[] left, Object[] right) {
        int order = keys.compare(left[0], right[0]);
        return order != 0 ? order : values.compare(left[1], right[1]);
    }
}
