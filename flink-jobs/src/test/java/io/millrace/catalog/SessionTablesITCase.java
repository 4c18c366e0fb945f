package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.DeltaTable;
import io.millrace.session.ClusterTarget;
import io.millrace.session.EmbeddedCluster;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the catalog as a session's queries see them. */
class SessionTablesITCase {
    private static EmbeddedCluster cluster;

    @TempDir private Path warehouse;

    private TableEnvironment tables;

    @BeforeAll
    static void startCluster() {
        cluster = EmbeddedCluster.start(SessionProfile.of("batch"), 2);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void openSession() {
        tables = session();
    }

    private TableEnvironment session() {
        return open().tables();
    }

    private Session open() {
        return new SessionFactory(
                        SessionProfile.of("batch"), new ClusterTarget.Running(cluster), warehouse)
                .openToRun(Map.of());
    }

    private void run(String sql) throws Exception {
        tables.executeSql(sql).await();
    }

    private List<Row> rows(String sql) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void aTableMadeFromAQueryIsReadJoinedAndExplained() throws Exception {
        run(
                "CREATE TABLE orders COMMENT 'made' AS SELECT * FROM (VALUES (1, 'a', 10), (2, 'b', 20), (3, 'a', 30)) AS t (id, region, amount)");
        assertThat(rows("SELECT region, SUM(amount) FROM orders GROUP BY region ORDER BY region"))
                .containsExactly(Row.of("a", 40), Row.of("b", 20));
        assertThat(
                        rows(
                                """
                                SELECT t.table_name, c.column_name, t.table_version
                                FROM information_schema.`tables` t
                                JOIN information_schema.`columns` c
                                  ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                                WHERE t.table_schema = 'default'
                                ORDER BY c.ordinal_position
                                """))
                .containsExactly(
                        Row.of("orders", "id", 1L),
                        Row.of("orders", "region", 1L),
                        Row.of("orders", "amount", 1L));
        assertThat(rows("SELECT view_definition FROM information_schema.`views`")).isEmpty();
    }

    @Test
    void metadataTablesAndProceduresTellAndChangeATable() throws Exception {
        run("CREATE TABLE orders (id INT, region STRING) PARTITIONED BY (region)");
        run("INSERT INTO orders VALUES (1, 'a'), (2, 'a'), (3, 'b')");
        assertThat(rows("SHOW PARTITIONS orders"))
                .containsExactly(Row.of("region=a"), Row.of("region=b"));
        assertThat(rows("CALL sys.create_checkpoint(table_name => 'orders')"))
                .containsExactly(Row.of(1L, true));
        assertThat(
                        rows(
                                "CALL sys.register_consumer(table_name => 'orders', consumer => 'me', version => 0)"))
                .containsExactly(Row.of("me", 0L));
        assertThat(
                        rows(
                                "CALL sys.set_properties(table_name => 'delta.default.orders', properties => 'owner=sales')"))
                .containsExactly(Row.of(2L));
        assertThat(
                        rows(
                                "SELECT partition_values['region'], file_count, record_count FROM `orders$partitions`"))
                .containsExactly(Row.of("a", 1L, 2L), Row.of("b", 1L, 1L));
        assertThat(
                        rows(
                                "SELECT version, has_checkpoint, is_current FROM `orders$snapshots` ORDER BY version"))
                .containsExactly(
                        Row.of(0L, false, false), Row.of(1L, true, false), Row.of(2L, false, true));
        assertThat(
                        rows(
                                """
                                SELECT property_value FROM `orders$properties` WHERE property_name = 'owner'
                                UNION ALL
                                SELECT consumer || ' ' || CAST(versions_behind AS STRING) FROM `orders$consumers`
                                UNION ALL
                                SELECT CAST(COUNT(*) AS STRING) FROM `orders$transactions`
                                """))
                .containsExactlyInAnyOrder(Row.of("sales"), Row.of("me 2"), Row.of("1"));
        assertThat(rows("CALL sys.reset_consumer(table_name => 'orders', consumer => 'me')"))
                .containsExactly(Row.of("me", null));
        assertThatThrownBy(
                        () ->
                                rows(
                                        "CALL sys.reset_consumer(table_name => 'orders', consumer => '../x')"))
                .hasStackTraceContaining("cannot have a consumer '../x'");
    }

    @Test
    void whatAnotherWriterCommittedBetweenTwoStatementsIsSeen() throws Exception {
        run("CREATE TABLE orders (id INT, note STRING)");
        run("INSERT INTO orders VALUES (1, 'x')");
        assertThat(rows("SELECT COUNT(*) FROM orders")).containsExactly(Row.of(1L));

        TableEnvironment mine = tables;
        tables = session();
        run("INSERT INTO orders VALUES (2, 'y')");
        run("ALTER TABLE orders ADD more STRING");
        tables = mine;

        assertThat(rows("SELECT id, more FROM orders ORDER BY id"))
                .containsExactly(Row.of(1, null), Row.of(2, null));
        assertThat(DeltaTable.at(warehouse.resolve("orders").toString()).snapshot().version())
                .isEqualTo(3);

        tables = session();
        run("DROP TABLE orders");
        run("CREATE TABLE orders (other BIGINT)");
        run("INSERT INTO orders VALUES (7)");
        tables = mine;
        assertThat(rows("SELECT * FROM orders")).containsExactly(Row.of(7L));
        assertThat(
                        rows(
                                "SELECT hits > 0 AND misses > 0 AND entries <= entry_limit FROM information_schema.caches WHERE cache_name = 'snapshots'"))
                .containsExactly(Row.of(true));
    }

    @Test
    void columnsOfAMappedTableAreRenamedAndDroppedWithoutTouchingFiles() throws Exception {
        run(
                "CREATE TABLE orders (id BIGINT, amount INT, note STRING, PRIMARY KEY (id) NOT ENFORCED)");
        run("INSERT INTO orders VALUES (1, 10, 'x')");
        run("ALTER TABLE orders SET ('delta.columnMapping.mode' = 'name')");
        run("ALTER TABLE orders RENAME amount TO price");
        run("INSERT INTO orders VALUES (2, 20, 'y')");
        run("ALTER TABLE orders DROP note");
        run("ALTER TABLE orders ADD note INT COMMENT 'another'");
        run("INSERT INTO orders VALUES (3, 30, 7), (1, 11, 8)");

        assertThat(rows("SELECT id, price, note FROM orders ORDER BY id"))
                .containsExactly(Row.of(1L, 11, 8), Row.of(2L, 20, null), Row.of(3L, 30, 7));
        assertThat(rows("SELECT * FROM `orders$v1`")).containsExactly(Row.of(1L, 10, "x"));
        assertThatThrownBy(() -> run("ALTER TABLE orders RENAME id TO number"))
                .hasStackTraceContaining("cannot rename column 'id' to 'number'")
                .hasStackTraceContaining("it is of the table's key");
    }

    @Test
    void foldersOfFilesAreTablesByDefinition() throws Exception {
        Path clicks = Files.createDirectories(warehouse.resolve("data/clicks/day=mon"));
        Files.writeString(clicks.resolve("a.csv"), "1,x\n2,y\n");
        Path events = Files.createDirectories(warehouse.resolve("data/events"));
        Files.writeString(events.resolve("a.json"), "{\"id\": 1, \"name\": \"x\"}\n");
        Files.writeString(
                warehouse.resolve("catalog.yaml"),
                """
                tables:
                  shop.clicks:
                    format: csv
                    location: data/clicks
                    columns: {id: BIGINT, page: STRING, day: STRING}
                    partition-by: [day]
                    file-sort-order: [id ASC]
                """);
        tables = session();
        assertThat(rows("SELECT id, page, `day` FROM shop.clicks WHERE `day` = 'mon' ORDER BY id"))
                .containsExactly(Row.of(1L, "x", "mon"), Row.of(2L, "y", "mon"));
        run(
                "CREATE TABLE events (id BIGINT, name STRING) WITH ('connector' = 'listing', 'path' = '%s', 'format' = 'json')"
                        .formatted(events));
        assertThat(rows("SELECT e.name, c.page FROM events e JOIN shop.clicks c ON e.id = c.id"))
                .containsExactly(Row.of("x", "x"));
        assertThatThrownBy(() -> run("INSERT INTO events VALUES (2, 'y')"))
                .hasStackTraceContaining("it is only read");
        assertThatThrownBy(
                        () ->
                                run(
                                        "CREATE TABLE bad (id INT) WITH ('connector' = 'listing', 'path' = '/x', 'format' = 'csv', 'file-sort-order' = 'nope ASC')"))
                .hasStackTraceContaining("'nope ASC' is no order of its columns [id]");
    }

    @Test
    void rowsInMemoryAreATableInTheirOrder() throws Exception {
        Session session = open();
        RowType type =
                RowType.of(
                        new LogicalType[] {new IntType(), VarCharType.STRING_TYPE},
                        new String[] {"id", "name"});
        session.catalog()
                .registerRows(
                        "kept",
                        type,
                        List.of(
                                GenericRowData.of(2, StringData.fromString("b")),
                                GenericRowData.of(1, StringData.fromString("a"))));
        session.catalog().registerRows("none", type, List.of());
        tables = session.tables();
        assertThat(rows("SELECT * FROM kept UNION ALL SELECT * FROM `none`"))
                .containsExactly(Row.of(2, "b"), Row.of(1, "a"));
        assertThatThrownBy(() -> run("INSERT INTO kept VALUES (3, 'c')"))
                .hasStackTraceContaining("it is only read");
    }
}
