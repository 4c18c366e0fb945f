package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.bigint;
import static io.millrace.tests.harness.TableLayout.row;
import static io.millrace.tests.harness.TableLayout.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalog.DeltaCatalog;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalog derives from a table, against a table that changed at random. */
class CatalogTablesITCase {

    private static final int LAST = 12;

    @TempDir private static Path warehouse;

    private static SharedCluster cluster;
    private static TableHistory history;

    /** Version N is committed at N o'clock. */
    @BeforeAll
    static void makeTable() throws Exception {
        Random random = new Random(7);
        history =
                new TableHistory(
                        warehouse.resolve("orders"),
                        new TableLayout(
                                List.of(bigint("id"), string("part"), string("text")),
                                Optional.of("part")),
                        random,
                        12,
                        key -> row(key, "p" + random.nextInt(3), "v" + random.nextInt(5)));
        while (history.version() < LAST) {
            history.commit();
        }
        for (int version = 0; version <= LAST; version++) {
            Files.setLastModifiedTime(
                    history.location().resolve("_delta_log/%020d.json".formatted(version)),
                    FileTime.from(Instant.parse("2024-05-01T%02d:00:00Z".formatted(version))));
        }
        cluster = SharedCluster.start(2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    // Its replacement takes a factory by name, and so cannot hand the instance over.
    @SuppressWarnings("deprecation")
    private static StreamTableEnvironment session(boolean batch) {
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        new TestStreamEnvironment(
                                cluster.cluster(), new Configuration(), 2, List.of(), List.of()),
                        batch
                                ? EnvironmentSettings.inBatchMode()
                                : EnvironmentSettings.inStreamingMode());
        tables.registerCatalog(DeltaCatalog.NAME, new DeltaCatalog(warehouse));
        tables.useCatalog(DeltaCatalog.NAME);
        tables.getConfig().setLocalTimeZone(ZoneId.of("UTC"));
        return tables;
    }

    private static List<Row> rows(StreamTableEnvironment tables, String sql) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static List<Row> expected(long version) {
        return history.at(version).values().stream().map(row -> Row.of(row.toArray())).toList();
    }

    @Test
    void versionsAreReadByNumberAndByTime() throws Exception {
        for (boolean batch : new boolean[] {true, false}) {
            StreamTableEnvironment tables = session(batch);

            assertThat(rows(tables, "SELECT * FROM `orders$v5`"))
                    .containsExactlyInAnyOrderElementsOf(expected(5));
            assertThat(
                            rows(
                                    tables,
                                    "SELECT * FROM orders FOR SYSTEM_TIME AS OF TIMESTAMP '2024-05-01 09:59:59'"))
                    .containsExactlyInAnyOrderElementsOf(expected(9));
            assertThat(
                            rows(
                                    tables,
                                    "SELECT * FROM delta.`path`.`%s` /*+ OPTIONS('scan.version' = '7') */"
                                            .formatted(history.location())))
                    .containsExactlyInAnyOrderElementsOf(expected(7));
        }
    }

    @Test
    void changesReplayToEveryVersion() throws Exception {
        Map<Long, List<Row>> byVersion = new HashMap<>();
        for (Row change : rows(session(true), "SELECT * FROM `orders$changes`")) {
            byVersion
                    .computeIfAbsent((Long) change.getField(4), version -> new ArrayList<>())
                    .add(change);
        }
        List<Row> table = new ArrayList<>();
        for (long version = 0; version <= LAST; version++) {
            List<Row> changes = byVersion.getOrDefault(version, List.of());
            changes.stream()
                    .filter(change -> isDelete(change))
                    .forEach(change -> assertThat(table.remove(columns(change))).isTrue());
            changes.stream()
                    .filter(change -> !isDelete(change))
                    .forEach(change -> table.add(columns(change)));
            assertThat(table)
                    .as("version %d", version)
                    .containsExactlyInAnyOrderElementsOf(expected(version));
        }
        assertThat(
                        rows(
                                session(false),
                                "SELECT * FROM `orders$changes` /*+ OPTIONS('scan.start-version' = '4', 'scan.end-version' = '6') */"))
                .containsExactlyInAnyOrderElementsOf(
                        byVersion.entrySet().stream()
                                .filter(entry -> entry.getKey() >= 4 && entry.getKey() <= 6)
                                .flatMap(entry -> entry.getValue().stream())
                                .toList());
    }

    private static boolean isDelete(Row change) {
        return List.of("delete", "update_preimage").contains(change.getField(3));
    }

    private static Row columns(Row change) {
        return Row.of(change.getField(0), change.getField(1), change.getField(2));
    }

    @Test
    void filesAndHistoryAreTables() throws Exception {
        StreamTableEnvironment batch = session(true);
        assertThat(rows(batch, "SELECT path, deleted_count FROM `orders$files`"))
                .containsExactlyInAnyOrderElementsOf(files(LAST));
        assertThat(rows(batch, "SELECT path, deleted_count FROM `orders$v5$files`"))
                .containsExactlyInAnyOrderElementsOf(files(5));
        assertThat(
                        rows(
                                batch,
                                "SELECT COUNT(*) FROM `orders$files` FOR SYSTEM_TIME AS OF TIMESTAMP '2024-05-01 05:00:00'"))
                .isEqualTo(rows(batch, "SELECT COUNT(*) FROM `orders$v5$files`"));

        List<Row> commits =
                rows(session(false), "SELECT version, commit_timestamp FROM `orders$history`");
        assertThat(commits)
                .hasSize(LAST + 1)
                .contains(Row.of(3L, Instant.parse("2024-05-01T03:00:00Z")));
        assertThat(
                        rows(
                                batch,
                                "SELECT MAX(version), COUNT(operation) FROM delta.`path`.`%s$history` /*+ OPTIONS('scan.version' = '8') */"
                                        .formatted(history.location())))
                .containsExactly(Row.of(8L, 9L));
    }

    private static List<Row> files(long version) throws Exception {
        DeltaTable table = DeltaTable.at(history.location().toString());
        List<Row> rows = new ArrayList<>();
        try (var files = table.snapshot(version).files()) {
            files.forEachRemaining(
                    file ->
                            rows.add(
                                    Row.of(
                                            table.resolve(file.path()),
                                            file.deletionVector()
                                                    .map(DeletionVector::cardinality)
                                                    .orElse(0L))));
        }
        return rows;
    }

    @Test
    void whatIsNotThereIsNamed() {
        StreamTableEnvironment batch = session(true);

        assertThatThrownBy(() -> batch.executeSql("SELECT * FROM `orders$v99`"))
                .hasStackTraceContaining(
                        "cannot open version 99: the versions that can be read are 0 to 12");
        assertThatThrownBy(
                        () ->
                                batch.executeSql(
                                        "SELECT * FROM `orders$changes` FOR SYSTEM_TIME AS OF TIMESTAMP '2024-05-01 05:00:00'"))
                .hasStackTraceContaining("only tables and their $files have versions");
        assertThatThrownBy(
                        () ->
                                batch.executeSql(
                                        "SELECT * FROM orders FOR SYSTEM_TIME AS OF TIMESTAMP '2014-05-01 05:00:00'"))
                .hasStackTraceContaining(
                        "the log holds version 0, committed at 2024-05-01T00:00:00Z");
        assertThatThrownBy(() -> batch.executeSql("SELECT * FROM `orders$owners`"))
                .hasStackTraceContaining("orders$owners");
    }
}
