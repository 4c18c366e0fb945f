package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.catalog.CatalogView;

/** The views. */
final class Views implements InformationTable {

    @Override
    public String name() {
        return "views";
    }

    @Override
    public String comment() {
        return "Views with their queries.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("table_catalog", NAME),
                DataTypes.FIELD("table_schema", NAME),
                DataTypes.FIELD("table_name", NAME),
                DataTypes.FIELD("view_definition", NAME),
                DataTypes.FIELD("original_definition", NAME),
                DataTypes.FIELD("check_option", NAME),
                DataTypes.FIELD("is_updatable", NAME));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (InformationFacts.KnownTable table : facts.tables()) {
            if (table.definition().orElse(null) instanceof CatalogView view) {
                rows.add(
                        row(
                                InformationSchema.CATALOG,
                                table.database(),
                                table.name(),
                                view.getExpandedQuery(),
                                view.getOriginalQuery(),
                                "NONE",
                                "NO"));
            }
        }
        return rows;
    }
}
