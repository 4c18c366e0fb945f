package io.millrace.functions.aggregate;

import io.millrace.functions.CanonicalValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * How often each entry came and went. A count below zero stands for a retraction that arrived
 * before its row; only entries with a positive count are there. Entries are kept in binary form, so
 * that equal entries are equal keys on every state backend.
 */
final class Multiset implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowType type;
    private final CanonicalValue[] canonical;
    private transient RowDataSerializer serializer;
    private transient GenericRowData reuse;

    Multiset(LogicalType... fields) {
        this.type = RowType.of(fields);
        this.canonical =
                Arrays.stream(fields).map(CanonicalValue::of).toArray(CanonicalValue[]::new);
    }

    /** The entry of these values; valid until the next call. */
    BinaryRowData entry(Object... values) {
        if (serializer == null) {
            serializer = new RowDataSerializer(type);
            reuse = new GenericRowData(values.length);
        }
        for (int i = 0; i < values.length; i++) {
            reuse.setField(i, canonical[i].apply(values[i]));
        }
        return serializer.toBinaryRow(reuse);
    }

    /** Binary form of an entry that went through a serializer. */
    BinaryRowData entry(RowData other) {
        if (serializer == null) {
            serializer = new RowDataSerializer(type);
            reuse = new GenericRowData(type.getFieldCount());
        }
        return serializer.toBinaryRow(other);
    }

    /** Adds to the count of an entry and returns what it is then. */
    static long add(MapView<RowData, Long> counts, BinaryRowData entry, long change)
            throws Exception {
        Long before = counts.get(entry);
        long after = (before == null ? 0 : before) + change;
        if (after == 0) {
            counts.remove(entry);
        } else {
            counts.put(before == null ? entry.copy() : entry, after);
        }
        return after;
    }

    void addAll(MapView<RowData, Long> counts, MapView<RowData, Long> others) throws Exception {
        for (Map.Entry<RowData, Long> other : others.entries()) {
            add(counts, entry(other.getKey()), other.getValue());
        }
    }

    /** The entries that are there, in no order. */
    static List<RowData> present(MapView<RowData, Long> counts) {
        List<RowData> present = new ArrayList<>();
        for (Map.Entry<RowData, Long> entry : entriesOf(counts)) {
            if (entry.getValue() > 0) {
                present.add(entry.getKey());
            }
        }
        return present;
    }

    private static Iterable<Map.Entry<RowData, Long>> entriesOf(MapView<RowData, Long> counts) {
        try {
            return counts.entries();
        } catch (Exception e) {
            throw new IllegalStateException("cannot read the state of an aggregate", e);
        }
    }

    static DataType viewType(LogicalType... fields) {
        return MapView.newMapViewDataType(
                entryType(fields).notNull(), DataTypes.BIGINT().notNull());
    }

    static DataType entryType(LogicalType... fields) {
        return DataTypeUtils.toInternalDataType(RowType.of(fields));
    }
}
