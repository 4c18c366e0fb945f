package io.millrace.delta.write.page;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;

/** An array in three levels, or a map as an array of keys and one of values. */
final class RepeatedEncoder implements FieldEncoder {

    private final String name;
    private final boolean nullable;
    private final int level;
    private final FieldEncoder first;
    private final FieldEncoder second;

    /**
     * @param level repetition level of its elements
     * @param second the values of a map, or null for an array
     */
    RepeatedEncoder(
            String name, boolean nullable, int level, FieldEncoder first, FieldEncoder second) {
        this.name = name;
        this.nullable = nullable;
        this.level = level;
        this.first = first;
        this.second = second;
    }

    @Override
    public void write(RowData row, int position, int repetition, int definition) {
        if (row.isNullAt(position)) {
            isNull(repetition, definition);
        } else if (second == null) {
            elements(first, row.getArray(position), repetition, present(definition));
        } else {
            entries(row.getMap(position), repetition, present(definition));
        }
    }

    @Override
    public void write(ArrayData array, int position, int repetition, int definition) {
        if (array.isNullAt(position)) {
            isNull(repetition, definition);
        } else if (second == null) {
            elements(first, array.getArray(position), repetition, present(definition));
        } else {
            entries(array.getMap(position), repetition, present(definition));
        }
    }

    private int present(int definition) {
        return nullable ? definition + 1 : definition;
    }

    private void entries(MapData map, int repetition, int present) {
        elements(first, map.keyArray(), repetition, present);
        elements(second, map.valueArray(), repetition, present);
    }

    private void elements(FieldEncoder element, ArrayData array, int repetition, int present) {
        int size = array.size();
        if (size == 0) {
            element.missing(repetition, present);
            return;
        }
        element.write(array, 0, repetition, present + 1);
        for (int i = 1; i < size; i++) {
            element.write(array, i, level, present + 1);
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
        first.missing(repetition, definition);
        if (second != null) {
            second.missing(repetition, definition);
        }
    }
}
