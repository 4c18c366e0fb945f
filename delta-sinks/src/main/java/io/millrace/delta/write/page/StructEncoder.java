package io.millrace.delta.write.page;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** A struct: its fields side by side. */
final class StructEncoder implements FieldEncoder {

    private final String name;
    private final boolean nullable;
    private final FieldEncoder[] fields;

    StructEncoder(String name, boolean nullable, FieldEncoder[] fields) {
        this.name = name;
        this.nullable = nullable;
        this.fields = fields.clone();
    }

    @Override
    public void write(RowData row, int position, int repetition, int definition) {
        if (row.isNullAt(position)) {
            isNull(repetition, definition);
        } else {
            write(row.getRow(position, fields.length), repetition, definition);
        }
    }

    @Override
    public void write(ArrayData array, int position, int repetition, int definition) {
        if (array.isNullAt(position)) {
            isNull(repetition, definition);
        } else {
            write(array.getRow(position, fields.length), repetition, definition);
        }
    }

    private void write(RowData struct, int repetition, int definition) {
        int present = nullable ? definition + 1 : definition;
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(struct, i, repetition, present);
        }
    }

    private void isNull(int repetition, int definition) {
        if (!nullable) {
            throw new IllegalArgumentException("null in column " + name + ", which allows none");
        }
        missing(repetition, definition);
    }

    @Override
    public void missing(int repetition, int definition) {
        for (FieldEncoder field : fields) {
            field.missing(repetition, definition);
        }
    }
}
