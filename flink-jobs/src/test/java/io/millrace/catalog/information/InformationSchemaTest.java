package io.millrace.catalog.information;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionRegistry;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.module.CoreModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of information_schema against what they tell of, without a job. */
class InformationSchemaTest {
    @TempDir private Path warehouse;

    private Session session;

    @BeforeEach
    void open() {
        session = session();
        session.tables()
                .executeSql(
                        """
                        CREATE TABLE orders (
                          id BIGINT NOT NULL COMMENT 'number',
                          region VARCHAR(10),
                          amount DECIMAL(10, 2),
                          placed TIMESTAMP_LTZ(6),
                          PRIMARY KEY (id) NOT ENFORCED
                        ) COMMENT 'what was ordered' PARTITIONED BY (region)
                        WITH ('owner' = 'sales', 'sink.column-kinds' = 'id:order_id')
                        """);
        session.tables().executeSql("CREATE DATABASE shop COMMENT 'a shop'");
        session.tables()
                .executeSql(
                        "CREATE TABLE shop.items (id INT, twice AS id * 2, PRIMARY KEY (id) NOT ENFORCED)");
        session.tables()
                .executeSql("CREATE VIEW shop.big AS SELECT id FROM orders WHERE amount > 5");
    }

    private Session session() {
        return new SessionFactory(
                        SessionProfile.of("batch"), ClusterTarget.parse("local"), warehouse)
                .openForPlanning();
    }

    private List<Map<String, Object>> rows(String table) {
        return rows(session, table);
    }

    private static List<Map<String, Object>> rows(Session session, String table) {
        List<String> columns = InformationSchema.columns(table);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object[] values : InformationSchema.rows(table, session.catalog().facts())) {
            assertThat(values).as(table).hasSameSizeAs(columns);
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(columns.get(i), values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private Map<String, Object> row(String table, String column, Object value) {
        return rows(table).stream()
                .filter(row -> value.equals(row.get(column)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tablesAndViewsOfAllDatabasesAreTold() {
        assertThat(rows("schemata").stream().map(row -> row.get("schema_name")))
                .containsExactly(
                        "artifacts",
                        "default",
                        "information_schema",
                        "path",
                        "results",
                        "shop",
                        "sys");
        assertThat(row("tables", "table_schema", "artifacts"))
                .containsEntry("is_insertable_into", "NO")
                .containsEntry("problem", null);
        assertThat(row("schemata", "schema_name", "shop")).containsEntry("comment", "a shop");
        assertThat(row("tables", "table_name", "orders"))
                .containsEntry("table_schema", "default")
                .containsEntry("table_type", "BASE TABLE")
                .containsEntry("comment", "what was ordered")
                .containsEntry("connector", "delta")
                .containsEntry("location", warehouse.resolve("orders").toString())
                .containsEntry("table_version", 0L)
                .containsEntry("problem", null);
        assertThat(row("tables", "table_name", "big"))
                .containsEntry("table_type", "VIEW")
                .containsEntry("is_insertable_into", "NO");
        assertThat(row("views", "table_name", "big").get("view_definition").toString())
                .contains("`delta`.`default`.`orders`");
        assertThat(
                        rows("tables").stream()
                                .filter(row -> row.get("table_type").equals("SYSTEM TABLE"))
                                .map(row -> row.get("table_name")))
                .containsExactlyElementsOf(InformationSchema.names());
    }

    @Test
    void columnsSayWhatTheTablesSay() {
        List<Map<String, Object>> orders =
                rows("columns").stream()
                        .filter(row -> row.get("table_name").equals("orders"))
                        .toList();
        assertThat(orders.stream().map(row -> row.get("column_name")))
                .containsExactly("id", "region", "amount", "placed");
        assertThat(orders.get(0))
                .containsEntry("ordinal_position", 1)
                .containsEntry("is_nullable", "NO")
                .containsEntry("data_type", "BIGINT")
                .containsEntry("key_position", 1)
                .containsEntry("semantic_type", "order_id")
                .containsEntry("comment", "number");
        assertThat(orders.get(1)).containsEntry("partition_position", 1);
        assertThat(orders.get(2))
                .containsEntry("numeric_precision", 10)
                .containsEntry("numeric_scale", 2)
                .containsEntry("is_nullable", "YES");
        assertThat(orders.get(3)).containsEntry("datetime_precision", 6);
        assertThat(row("columns", "column_name", "twice"))
                .containsEntry("is_generated", "ALWAYS")
                .containsEntry("generation_expression", "`id` * 2");
    }

    @Test
    void functionsAreThoseOfTheRegistryAndOfFlink() {
        FunctionRegistry registry = session.registry();
        Map<Object, Map<String, Object>> routines = new LinkedHashMap<>();
        rows("routines").forEach(row -> routines.put(row.get("specific_name"), row));
        for (FunctionEntry entry : registry.entries()) {
            assertThat(routines.get(entry.name()))
                    .as(entry.name())
                    .containsEntry("specific_schema", "millrace")
                    .containsEntry("documentation", entry.description().documentation())
                    .containsEntry("tags", entry.description().tags())
                    .containsEntry("version", entry.description().version())
                    .containsEntry("data_type", entry.description().returns());
            assertThat(
                            rows("parameters").stream()
                                    .filter(row -> row.get("specific_name").equals(entry.name()))
                                    .map(row -> row.get("parameter_name")))
                    .containsExactlyElementsOf(
                            entry.description().arguments().stream()
                                    .map(argument -> (Object) argument.name())
                                    .toList());
        }
        assertThat(routines.keySet()).containsAll(CoreModule.INSTANCE.listFunctions());
        assertThat(routines.get("register_consumer"))
                .containsEntry("routine_type", "PROCEDURE")
                .containsEntry("specific_schema", "sys");
        assertThat(row("parameters", "specific_name", "create_checkpoint"))
                .containsEntry("parameter_name", "table_name")
                .containsEntry("data_type", "STRING");
    }

    @Test
    void keysPropertiesFeaturesAndSettingsAreTold() {
        assertThat(row("table_constraints", "table_name", "orders"))
                .containsEntry("constraint_type", "PRIMARY KEY")
                .containsEntry("enforced", "NO")
                .containsEntry("column_names", List.of("id"));
        assertThat(row("key_column_usage", "table_name", "items"))
                .containsEntry("column_name", "id");
        assertThat(row("table_properties", "property_name", "owner"))
                .containsEntry("property_value", "sales");
        assertThat(row("table_features", "feature_name", "deletionVectors"))
                .containsEntry("is_reader_feature", "YES")
                .containsEntry("is_implied", "NO");
        assertThat(rows("settings")).hasSameSizeAs(session.settings().settings().keySet());
        assertThat(row("settings", "setting_name", "execution.runtime-mode"))
                .containsEntry("setting_value", "batch")
                .containsEntry("origin", "shipped profile batch");
        assertThat(row("caches", "cache_name", "snapshots").get("hits")).isNotEqualTo(0L);
    }

    @Test
    void aTableThatCannotBeOpenedSaysWhyAndHidesNoOther() throws Exception {
        Files.writeString(
                warehouse.resolve("orders/_delta_log/00000000000000000000.json"), "no json");
        assertThat(row(session(), "orders").get("problem").toString()).contains("orders");
        assertThat(row(session(), "items")).containsEntry("problem", null);
    }

    private static Map<String, Object> row(Session session, String table) {
        return rows(session, "tables").stream()
                .filter(row -> row.get("table_name").equals(table))
                .findFirst()
                .orElseThrow();
    }
}
