package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import io.millrace.catalog.information.InformationFacts.KnownTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.api.Schema.UnresolvedPrimaryKey;

/** The columns of primary keys. */
final class KeyColumnUsage implements InformationTable {

    @Override
    public String name() {
        return "key_column_usage";
    }

    @Override
    public String comment() {
        return "Columns of primary keys, in their order.";
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
                DataTypes.FIELD("column_name", NAME),
                DataTypes.FIELD("ordinal_position", DataTypes.INT().notNull()));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (KnownTable table : facts.tables()) {
            table.definition()
                    .flatMap(definition -> definition.getUnresolvedSchema().getPrimaryKey())
                    .ifPresent(key -> add(rows, table, key));
        }
        return rows;
    }

    private static void add(List<Object[]> rows, KnownTable table, UnresolvedPrimaryKey key) {
        int position = 1;
        for (String column : key.getColumnNames()) {
            rows.add(
                    row(
                            InformationSchema.CATALOG,
                            table.database(),
                            key.getConstraintName(),
                            InformationSchema.CATALOG,
                            table.database(),
                            table.name(),
                            column,
                            position++));
        }
    }
}
