package io.millrace.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** The values of rows by column, without going through text or Flink's external objects. */
final class RowValues {
    private final SerializedString[] names;
    private final RowData.FieldGetter[] getters;
    private final ColumnValue[] values;
    private final boolean[] text;

    RowValues(RowType type) {
        this(type, "");
    }

    RowValues(RowType type, String prefix) {
        int columns = type.getFieldCount();
        names = new SerializedString[columns];
        getters = new RowData.FieldGetter[columns];
        values = new ColumnValue[columns];
        text = new boolean[columns];
        List<String> fields = type.getFieldNames();
        for (int i = 0; i < columns; i++) {
            LogicalType column = type.getTypeAt(i);
            names[i] = new SerializedString(fields.get(i));
            getters[i] = getter(column, i);
            values[i] = JsonValues.of(prefix + fields.get(i), column);
            text[i] =
                    switch (column.getTypeRoot()) {
                        case CHAR, VARCHAR -> true;
                        default -> false;
                    };
        }
    }

    private static RowData.FieldGetter getter(LogicalType type, int position) {
        return type.is(LogicalTypeRoot.NULL)
                ? row -> null
                : RowData.createFieldGetter(type, position);
    }

    int columns() {
        return names.length;
    }

    /** The fields of an object that is open. */
    void write(JsonGenerator json, RowData row) throws IOException {
        for (int i = 0; i < names.length; i++) {
            json.writeFieldName(names[i]);
            JsonValues.nullable(json, values[i], getters[i].getFieldOrNull(row));
        }
    }

    /** The value of a column, null where it is null. */
    Object get(RowData row, int column) {
        return getters[column].getFieldOrNull(row);
    }

    /** Whether a column is text, and so its own form. */
    boolean isText(int column) {
        return text[column];
    }

    void writeValue(JsonGenerator json, int column, Object value) throws IOException {
        values[column].write(json, value);
    }
}
