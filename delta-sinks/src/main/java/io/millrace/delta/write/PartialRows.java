package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Rows that say nothing of some columns: these stay what they are in the table. */
final class PartialRows {

    private final RowData.FieldGetter[] fields;
    private final boolean[] kept;

    /**
     * @param columns those that the rows say nothing of
     */
    PartialRows(RowType rowType, Set<String> columns) {
        requireNonNull(columns, "columns is null");
        this.fields = new RowData.FieldGetter[rowType.getFieldCount()];
        this.kept = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = RowData.createFieldGetter(rowType.getTypeAt(i), i);
            kept[i] = columns.contains(rowType.getFieldNames().get(i));
        }
    }

    /**
     * The row that a key has after a change.
     *
     * @param before its row in the table
     * @param change the row of the input
     */
    RowData merge(RowData before, RowData change) {
        GenericRowData merged = new GenericRowData(fields.length);
        for (int i = 0; i < fields.length; i++) {
            merged.setField(i, fields[i].getFieldOrNull(kept[i] ? before : change));
        }
        return merged;
    }
}
