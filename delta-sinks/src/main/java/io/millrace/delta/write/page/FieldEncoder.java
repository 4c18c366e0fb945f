package io.millrace.delta.write.page;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/**
 * Takes a field apart into columns of a file (Parquet format, "Nested Encoding").
 *
 * <p>Levels are those of the field's parent; the field raises them itself.
 */
interface FieldEncoder {

    void write(RowData row, int position, int repetition, int definition);

    void write(ArrayData array, int position, int repetition, int definition);

    /** The field is not there because something around it is null or empty. */
    void missing(int repetition, int definition);
}
