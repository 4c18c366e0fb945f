package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import io.millrace.catalog.information.InformationFacts.KnownTable;
import io.millrace.delta.table.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** The properties that Delta tables record. */
final class TableProperties implements InformationTable {

    @Override
    public String name() {
        return "table_properties";
    }

    @Override
    public String comment() {
        return "Properties of Delta tables.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("table_catalog", NAME),
                DataTypes.FIELD("table_schema", NAME),
                DataTypes.FIELD("table_name", NAME),
                DataTypes.FIELD("property_name", NAME),
                DataTypes.FIELD("property_value", NAME));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (KnownTable table : facts.tables()) {
            table.snapshot()
                    .ifPresent(
                            snapshot ->
                                    new TreeMap<>(snapshot.metadata().properties())
                                            .forEach(
                                                    (key, value) ->
                                                            rows.add(of(table, key, value))));
        }
        return rows;
    }

    private static Object[] of(KnownTable table, String key, String value) {
        return row(
                InformationSchema.CATALOG,
                table.database(),
                table.name(),
                key,
                Secrets.shown(key, value));
    }
}
