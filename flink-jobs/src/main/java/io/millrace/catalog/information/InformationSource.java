package io.millrace.catalog.information;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/** Reads a table of information_schema: its rows are made when the statement is planned. */
public final class InformationSource {

    private InformationSource() {}

    /**
     * @param rowType all columns of the table
     */
    public static DynamicTableSource of(String table, RowType rowType, InformationFacts facts) {
        return new FixedRows(
                InformationSchema.DATABASE + "." + table,
                rowType,
                () ->
                        InformationSchema.rows(table, facts).stream()
                                .map(InformationSource::internal)
                                .toList());
    }

    private static RowData internal(Object[] values) {
        return GenericRowData.of(
                Arrays.stream(values).map(InformationSource::internalValue).toArray());
    }

    private static Object internalValue(Object value) {
        if (value instanceof String text) {
            return StringData.fromString(text);
        } else if (value instanceof List<?> texts) {
            return new GenericArrayData(
                    texts.stream().map(text -> StringData.fromString((String) text)).toArray());
        }
        return value;
    }
}
