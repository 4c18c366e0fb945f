package io.millrace.functions.aggregate;

import io.millrace.functions.ValueOrder;
import java.io.Serializable;
import java.util.Comparator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Order of (key, value) entries: by key, smallest or largest first, then the smallest value. */
final class EntryOrder implements Comparator<RowData>, Serializable {

    private static final long serialVersionUID = 1L;

    private final ValueOrder keys;
    private final ValueOrder values;
    private final RowData.FieldGetter key;
    private final RowData.FieldGetter value;
    private final boolean largestKey;
    private final boolean bigint;

    EntryOrder(LogicalType keyType, LogicalType valueType, boolean largestKey) {
        this.keys = ValueOrder.of(keyType);
        this.values = ValueOrder.of(valueType);
        this.key = RowData.createFieldGetter(keyType, 0);
        this.value = RowData.createFieldGetter(valueType, 1);
        this.largestKey = largestKey;
        this.bigint = keyType.is(LogicalTypeRoot.BIGINT);
    }

    @Override
    public int compare(RowData left, RowData right) {
        int byKey = compareKeys(left, right);
        if (byKey != 0) {
            return largestKey ? -byKey : byKey;
        }
        return values.compare(value.getFieldOrNull(left), value.getFieldOrNull(right));
    }

    /** Keys are never null; the most common one is compared without an object. */
    private int compareKeys(RowData left, RowData right) {
        return bigint
                ? Long.compare(left.getLong(0), right.getLong(0))
                : keys.compare(key.getFieldOrNull(left), key.getFieldOrNull(right));
    }
}
