package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** The databases. */
final class Schemata implements InformationTable {

    @Override
    public String name() {
        return "schemata";
    }

    @Override
    public String comment() {
        return "The databases of the catalog.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("catalog_name", NAME),
                DataTypes.FIELD("schema_name", NAME),
                DataTypes.FIELD("schema_owner", TEXT),
                DataTypes.FIELD("comment", TEXT));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        return facts.databases().stream()
                .map(
                        name ->
                                row(
                                        InformationSchema.CATALOG,
                                        name,
                                        null,
                                        facts.database(name).getComment()))
                .toList();
    }
}
