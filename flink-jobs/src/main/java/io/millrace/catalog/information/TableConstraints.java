package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import io.millrace.catalog.information.InformationFacts.KnownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.api.Schema.UnresolvedPrimaryKey;

/** Primary keys, which nobody enforces, and the check constraints that Delta tables record. */
final class TableConstraints implements InformationTable {

    private static final String CHECK = "delta.constraints.";

    @Override
    public String name() {
        return "table_constraints";
    }

    @Override
    public String comment() {
        return "Primary keys and check constraints.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("constraint_catalog", NAME),
                DataTypes.FIELD("constraint_schema", NAME),
                DataTypes.FIELD("constraint_name", NAME),
                DataTypes.FIELD("table_catalog", NAME),
                DataTypes.FIELD("table_schema", NAME),
                DataTypes.FIELD("table_name", NAME),
                DataTypes.FIELD("constraint_type", NAME),
                DataTypes.FIELD("is_deferrable", NAME),
                DataTypes.FIELD("initially_deferred", NAME),
                DataTypes.FIELD("enforced", NAME),
                DataTypes.FIELD("column_names", TEXTS),
                DataTypes.FIELD("check_clause", TEXT));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (KnownTable table : facts.tables()) {
            table.definition()
                    .flatMap(definition -> definition.getUnresolvedSchema().getPrimaryKey())
                    .ifPresent(key -> rows.add(of(table, key)));
            Map<String, String> properties =
                    table.snapshot()
                            .map(snapshot -> snapshot.metadata().properties())
                            .orElse(Map.of());
            new TreeMap<>(properties)
                    .forEach(
                            (name, value) -> {
                                if (name.startsWith(CHECK)) {
                                    rows.add(
                                            of(
                                                    table,
                                                    name.substring(CHECK.length()),
                                                    "CHECK",
                                                    "YES",
                                                    null,
                                                    value));
                                }
                            });
        }
        return rows;
    }

    private static Object[] of(KnownTable table, UnresolvedPrimaryKey key) {
        return of(table, key.getConstraintName(), "PRIMARY KEY", "NO", key.getColumnNames(), null);
    }

    private static Object[] of(
            KnownTable table,
            String name,
            String type,
            String enforced,
            List<String> columns,
            String check) {
        return row(
                InformationSchema.CATALOG,
                table.database(),
                name,
                InformationSchema.CATALOG,
                table.database(),
                table.name(),
                type,
                "NO",
                "NO",
                enforced,
                columns,
                check);
    }
}
