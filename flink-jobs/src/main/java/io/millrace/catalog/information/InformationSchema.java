package io.millrace.catalog.information;

import io.millrace.catalog.information.InformationFacts.KnownTable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;

/** The database information_schema: its tables by name. */
public final class InformationSchema {

    public static final String DATABASE = "information_schema";

    /** Names the connector of its tables; only the catalog knows it. */
    public static final String CONNECTOR = "information-schema";

    /** The catalog whose objects are told of. */
    static final String CATALOG = "delta";

    private static final SortedMap<String, InformationTable> TABLES = tables();

    private InformationSchema() {}

    private static SortedMap<String, InformationTable> tables() {
        TreeMap<String, InformationTable> tables = new TreeMap<>();
        for (InformationTable table :
                List.of(
                        new Caches(),
                        new Columns(),
                        new KeyColumnUsage(),
                        new Parameters(),
                        new Routines(),
                        new Schemata(),
                        new SettingsTable(),
                        new TableConstraints(),
                        new TableFeatures(),
                        new TableProperties(),
                        new Tables(),
                        new Views())) {
            tables.put(table.name(), table);
        }
        return Collections.unmodifiableSortedMap(tables);
    }

    public static List<String> names() {
        return List.copyOf(TABLES.keySet());
    }

    /** How a catalog knows one of its tables. */
    public static Optional<CatalogTable> definition(String name) {
        return Optional.ofNullable(TABLES.get(name))
                .map(
                        table ->
                                CatalogTable.newBuilder()
                                        .schema(
                                                Schema.newBuilder()
                                                        .fromRowDataType(
                                                                DataTypes.ROW(table.columns()))
                                                        .build())
                                        .comment(table.comment())
                                        .options(Map.of("connector", CONNECTOR))
                                        .build());
    }

    /** The rows of one of its tables as values of Java: see {@link InformationTable#rows}. */
    public static List<Object[]> rows(String name, InformationFacts facts) {
        return TABLES.get(name).rows(facts);
    }

    /** The names of the columns of one of its tables. */
    public static List<String> columns(String name) {
        return TABLES.get(name).columns().stream().map(DataTypes.Field::getName).toList();
    }

    static boolean isOwn(KnownTable table) {
        return table.database().equals(DATABASE);
    }
}
