package io.millrace.delta.write.page;

import static java.util.Objects.requireNonNull;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** A field that is one column. */
final class LeafEncoder implements FieldEncoder {

    private final String name;
    private final LeafColumn column;
    private final boolean nullable;
    private final LeafValue value;

    LeafEncoder(String name, LeafColumn column, boolean nullable, LeafValue value) {
        this.name = requireNonNull(name, "name is null");
        this.column = requireNonNull(column, "column is null");
        this.nullable = nullable;
        this.value = requireNonNull(value, "value is null");
    }

    @Override
    public void write(RowData row, int position, int repetition, int definition) {
        if (row.isNullAt(position)) {
            isNull(repetition, definition);
        } else {
            value.put(row, position, column.value(repetition));
        }
    }

    @Override
    public void write(ArrayData array, int position, int repetition, int definition) {
        if (array.isNullAt(position)) {
            isNull(repetition, definition);
        } else {
            value.put(array, position, column.value(repetition));
        }
    }

    private void isNull(int repetition, int definition) {
        if (!nullable) {
            throw new IllegalArgumentException("null in column " + name + ", which allows none");
        }
        column.missing(repetition, definition);
    }

    @Override
    public void missing(int repetition, int definition) {
        column.missing(repetition, definition);
    }
}
