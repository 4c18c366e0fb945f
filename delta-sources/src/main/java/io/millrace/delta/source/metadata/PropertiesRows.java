package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.Secrets;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** The properties of a version as rows. */
final class PropertiesRows {

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD("property_name", DataTypes.STRING().notNull()),
                    DataTypes.FIELD("property_value", DataTypes.STRING().notNull()));

    private PropertiesRows() {}

    static CloseableIterator<RowData> read(DeltaTable table, long version, List<String> columns) {
        return Values.rows(
                new TreeMap<>(table.snapshot(version).metadata().properties())
                        .entrySet().stream()
                                .map(
                                        property ->
                                                Values.row(
                                                        columns,
                                                        column ->
                                                                value(
                                                                        column,
                                                                        property.getKey(),
                                                                        property.getValue())))
                                .toList());
    }

    private static Object value(String column, String name, String value) {
        return switch (column) {
            case "property_name" -> StringData.fromString(name);
            case "property_value" -> StringData.fromString(Secrets.shown(name, value));
            default -> throw new IllegalArgumentException("no column " + column);
        };
    }
}
