package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.DeltaTable;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that change the catalog, in a session that runs no job. */
class CatalogStatementsTest {
    @TempDir private Path warehouse;
    @TempDir private Path elsewhere;

    private TableEnvironment tables;

    @BeforeEach
    void open() {
        tables = session(warehouse);
    }

    private static TableEnvironment session(Path warehouse) {
        return new SessionFactory(
                        SessionProfile.of("batch"), ClusterTarget.parse("local"), warehouse)
                .openForPlanning()
                .tables();
    }

    private List<Row> rows(String sql) {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(rows::add);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private List<String> names(String sql) {
        return rows(sql).stream().map(row -> row.getField(0).toString()).toList();
    }

    private String shown(String table) {
        return names("SHOW CREATE TABLE " + table).get(0);
    }

    private DeltaTable delta(String name) {
        return DeltaTable.at(warehouse.resolve(name).toString());
    }

    private void createOrders() {
        tables.executeSql(
                """
                CREATE TABLE orders (
                  id BIGINT NOT NULL COMMENT 'number of the order',
                  region STRING,
                  amount DECIMAL(10, 2) COMMENT 'it''s in EUR',
                  PRIMARY KEY (id) NOT ENFORCED
                ) COMMENT 'what was ordered' PARTITIONED BY (region)
                WITH ('delta.appendOnly' = 'false', 'owner' = 'sales', 'sink.file-size' = '1 mb')
                """);
    }

    @Test
    void aTableIsMadeInTheWarehouseWithAllThatIsDeclared() {
        createOrders();

        var metadata = delta("orders").snapshot().metadata();
        assertThat(metadata.description()).isEqualTo("what was ordered");
        assertThat(metadata.key()).containsExactly("id");
        assertThat(metadata.partitionColumns()).containsExactly("region");
        assertThat(metadata.properties())
                .containsEntry("owner", "sales")
                .containsEntry("delta.appendOnly", "false")
                .containsEntry("delta.enableChangeDataFeed", "true");
        assertThat(rows("DESCRIBE orders").stream().map(Row::toString).toList())
                .anySatisfy(row -> assertThat(row).contains("number of the order"));
        assertThat(names("SHOW TABLES")).containsExactly("orders");
    }

    @Test
    void whatIsShownMakesTheSameTableAgain() {
        createOrders();
        String shown = shown("orders");
        var before = delta("orders").snapshot().metadata();

        tables.executeSql("DROP TABLE orders");
        assertThat(warehouse.resolve("orders")).doesNotExist();
        tables.executeSql(shown);

        var after = delta("orders").snapshot().metadata();
        assertThat(after.schema()).isEqualTo(before.schema());
        assertThat(after.properties()).isEqualTo(before.properties());
        assertThat(after.partitionColumns()).isEqualTo(before.partitionColumns());
        assertThat(after.description()).isEqualTo(before.description());
        assertThat(shown("orders")).isEqualTo(shown);
    }

    @Test
    void propertiesColumnsAndCommentsAreAltered() {
        createOrders();
        tables.executeSql(
                "ALTER TABLE orders SET ('owner' = 'finance', 'delta.appendOnly' = 'true')");
        tables.executeSql("ALTER TABLE orders ADD (note STRING COMMENT 'by hand', qty INT)");
        tables.executeSql("ALTER TABLE orders MODIFY region STRING COMMENT 'where'");
        tables.executeSql("ALTER TABLE orders RESET ('delta.appendOnly')");

        var metadata = delta("orders").snapshot().metadata();
        assertThat(metadata.properties())
                .containsEntry("owner", "finance")
                .doesNotContainKey("delta.appendOnly");
        assertThat(metadata.schema().fieldNames())
                .containsExactly("id", "region", "amount", "note", "qty");
        assertThat(shown("orders"))
                .contains("`note` VARCHAR(2147483647) COMMENT 'by hand'")
                .contains("COMMENT 'where'");
        assertThat(delta("orders").snapshot().version()).isEqualTo(4);
    }

    @Test
    void changesThatADeltaTableCannotTakeAreRefused() {
        createOrders();
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders DROP amount"))
                .hasStackTraceContaining("cannot drop columns [amount] at version 0")
                .hasStackTraceContaining(
                        "Set the property 'delta.columnMapping.mode' to 'name' first.");
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders RENAME amount TO price"))
                .hasStackTraceContaining("cannot rename column 'amount' to 'price' at version 0")
                .hasStackTraceContaining("'delta.columnMapping.mode' to 'name'");
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders MODIFY amount STRING"))
                .hasStackTraceContaining("orders: cannot be altered");
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders ADD x INT FIRST"))
                .hasStackTraceContaining("would not be the last");
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders ADD x INT NOT NULL"))
                .hasStackTraceContaining("it is NOT NULL");
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders SET ('path' = '/x')"))
                .hasStackTraceContaining("'path' says which table it is");
        assertThatThrownBy(() -> tables.executeSql("ALTER TABLE orders SET ('api.key' = 'k1')"))
                .hasStackTraceContaining("credential")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("k1"));
        assertThat(delta("orders").snapshot().version()).isZero();
    }

    @Test
    void tablesAreRenamedWithTheirRows() {
        createOrders();
        tables.executeSql("ALTER TABLE orders SET ('scan.split-size' = '8 mb')");
        tables.executeSql("ALTER TABLE orders RENAME TO sales");

        assertThat(names("SHOW TABLES")).containsExactly("sales");
        assertThat(shown("sales"))
                .contains("'scan.split-size' = '8 mb'")
                .contains(warehouse.resolve("sales").toString());
        assertThat(delta("sales").snapshot().metadata().key()).containsExactly("id");
    }

    @Test
    void databasesAreFoldersOfTheWarehouse() {
        tables.executeSql("CREATE DATABASE shop COMMENT 'all of it'");
        tables.executeSql("CREATE DATABASE `shop.eu`");
        tables.executeSql("CREATE TABLE shop.orders (id BIGINT)");
        tables.executeSql("CREATE TABLE `shop.eu`.orders (id BIGINT)");

        assertThat(session(warehouse).listDatabases())
                .contains("default", "path", "results", "shop", "shop.eu");
        assertThat(delta("shop/eu/orders").exists()).isTrue();
        assertThat(names("SHOW TABLES IN shop")).containsExactly("orders");
        assertThatThrownBy(() -> tables.executeSql("DROP DATABASE shop"))
                .hasStackTraceContaining("is not empty");
        tables.executeSql("DROP DATABASE shop CASCADE");
        assertThat(warehouse.resolve("shop/orders")).doesNotExist();
        assertThat(delta("shop/eu/orders").exists()).isTrue();
        tables.executeSql("DROP DATABASE `shop.eu` CASCADE");
        assertThat(warehouse.resolve("shop")).doesNotExist();
    }

    @Test
    void viewsLiveAsLongAsTheWarehouse() {
        createOrders();
        tables.executeSql(
                "CREATE VIEW big (n) COMMENT 'large ones' AS SELECT id FROM orders WHERE amount > 5");
        String shown = names("SHOW CREATE VIEW big").get(0);

        tables = session(warehouse);
        assertThat(names("SHOW VIEWS")).containsExactly("big");
        assertThat(names("SHOW CREATE VIEW big")).containsExactly(shown);
        assertThat(names("DESCRIBE big")).containsExactly("n");
        tables.executeSql("ALTER VIEW big AS SELECT id AS n, region FROM orders");
        assertThat(names("DESCRIBE big")).containsExactly("n", "region");
        tables.executeSql("DROP VIEW big");
        assertThat(names("SHOW VIEWS")).isEmpty();
    }

    @Test
    void aTableElsewhereIsRememberedByItsDefinition() {
        String location = elsewhere.resolve("far").toString();
        tables.executeSql(
                "CREATE TABLE far (id BIGINT, twice AS id * 2) WITH ('path' = '%s')"
                        .formatted(location));
        tables.executeSql("CREATE TABLE bare WITH ('path' = '%s')".formatted(location));

        tables = session(warehouse);
        assertThat(names("DESCRIBE far")).containsExactly("id", "twice");
        assertThat(names("DESCRIBE bare")).containsExactly("id");
        tables.executeSql("ALTER TABLE bare ADD more STRING");
        assertThat(names("DESCRIBE bare")).containsExactly("id", "more");
        tables.executeSql("DROP TABLE far");
        assertThat(DeltaTable.at(location).exists()).isTrue();
    }

    @Test
    void namesAndLocationsThatLeaveTheirPlaceAreRefused() throws Exception {
        for (String name : List.of("../x", "a/b", "_log", ".hidden", "a$files")) {
            assertThatThrownBy(
                            () -> tables.executeSql("CREATE TABLE `%s` (id INT)".formatted(name)))
                    .as(name)
                    .hasStackTraceContaining("cannot be the name of a table");
        }
        for (String name : List.of("..", "a..b", "a/b", "_millrace", "../x")) {
            assertThatThrownBy(() -> tables.executeSql("CREATE DATABASE `%s`".formatted(name)))
                    .as(name)
                    .hasStackTraceContaining("cannot be the name of a database");
        }
        assertThatThrownBy(
                        () ->
                                tables.executeSql(
                                        "CREATE TABLE x (id INT) WITH ('path' = '%s/../x')"
                                                .formatted(elsewhere)))
                .hasStackTraceContaining("has '..' in it");
        assertThatThrownBy(
                        () ->
                                tables.executeSql(
                                        "CREATE TABLE x (id INT) WITH ('path' = 'file:%s/%%2e%%2e/x')"
                                                .formatted(elsewhere)))
                .hasStackTraceContaining("has '..' in it");
        tables.executeSql(
                "CREATE TABLE far (id INT) WITH ('path' = '%s/far')".formatted(elsewhere));
        Files.createSymbolicLink(warehouse.resolve("link"), elsewhere.resolve("far"));
        assertThat(names("SHOW TABLES")).containsExactly("far");
        assertThatThrownBy(() -> rows("DESCRIBE link")).hasMessageContaining("link");
        assertThatThrownBy(() -> rows("DESCRIBE delta.`path`.`%s/link`".formatted(warehouse)))
                .hasStackTraceContaining("symbolic link");
        assertThatThrownBy(
                        () ->
                                tables.executeSql(
                                        "CREATE TABLE y (id INT) WITH ('path' = '%s/link/y')"
                                                .formatted(warehouse)))
                .hasStackTraceContaining("symbolic link");
    }

    @Test
    void credentialsAreNotKept() {
        assertThatThrownBy(
                        () ->
                                tables.executeSql(
                                        "CREATE TABLE x (id INT) WITH ('connector' = 'jdbc', 'password' = 'hunter2')"))
                .satisfies(
                        e ->
                                assertThat(e.getCause().getMessage())
                                        .contains("credential 'password'")
                                        .doesNotContain("hunter2"));
        assertThat(names("SHOW TABLES")).isEmpty();
    }
}
