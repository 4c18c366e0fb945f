package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.sql.OrdersTable.Order;
import io.millrace.delta.table.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every read mode with every start and end, as hints, all in one job of each kind. */
class ReadModesITCase {

    private static final String V1 = "1 insert 1 100, 1 insert 2 200, 1 insert 3 300";
    private static final String V2_FEED =
            "2 delete 2 200, 2 update_postimage 1 150, 2 update_preimage 1 100";
    private static final String V3_FEED = "3 delete 3 300, 3 insert 3 350";
    private static final String V2 =
            "-1 x 2 delete 2 200, 2 update_postimage 1 150, -1 x 2 update_preimage 1 100";
    private static final String V3 = "-1 x 3 delete 3 300, 3 insert 3 350";

    @TempDir private Path folder;

    private final Map<String, String> expected = new LinkedHashMap<>();

    /** Version N is committed at N o'clock in universal time. */
    @BeforeEach
    void makeTable() throws Exception {
        OrdersTable orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        orders.commit(
                Map.of(
                        1L, Optional.of(new Order(1, 10, 100)),
                        2L, Optional.of(new Order(2, 10, 200)),
                        3L, Optional.of(new Order(3, 20, 300))),
                2,
                false);
        orders.commit(
                Map.of(1L, Optional.of(new Order(1, 20, 150)), 2L, Optional.empty()), 1, true);
        orders.commit(Map.of(3L, Optional.of(new Order(3, 20, 350))), 1, false);
        for (int version = 0; version <= 3; version++) {
            Files.setLastModifiedTime(
                    folder.resolve("orders/_delta_log/%020d.json".formatted(version)),
                    FileTime.from(Instant.parse("2024-05-01T0" + version + ":00:00Z")));
        }
        new ConsumerPositions(folder.resolve("consumers"))
                .record(
                        new ConsumerPosition(
                                "copy",
                                "orders",
                                orders.location(),
                                DeltaTable.at(orders.location()).snapshot().metadata().id(),
                                2,
                                Instant.now()));
    }

    private TableEnvironment prepared(TableEnvironment tables) {
        tables.getConfig().setLocalTimeZone(ZoneId.of("Asia/Tokyo"));
        tables.getConfig().set(RunOptions.CONSUMERS, folder.resolve("consumers").toString());
        tables.executeSql(
                """
                CREATE TABLE orders (
                  id BIGINT NOT NULL, amount BIGINT,
                  change STRING METADATA FROM '_change_type' VIRTUAL,
                  version BIGINT METADATA FROM '_commit_version' VIRTUAL
                ) WITH ('connector' = 'delta', 'path' = '%s')
                """
                        .formatted(folder.resolve("orders")));
        return tables;
    }

    private TableEnvironment streaming() {
        return prepared(
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.createLocalEnvironment(2)));
    }

    private TableEnvironment batch() {
        return prepared(TableEnvironment.create(EnvironmentSettings.inBatchMode()));
    }

    /** What changes a read with these options gives. */
    private void changes(String options, String... rows) {
        expect("CAST(version AS STRING), change, ", options, rows);
    }

    /** What rows a read with these options gives. */
    private void rows(String options, String... rows) {
        expect("", options, rows);
    }

    private void expect(String columns, String options, String... rows) {
        String hint = options.isEmpty() ? "" : "/*+ OPTIONS(" + options + ") */";
        expected.put(
                "SELECT CONCAT_WS(' ', %sCAST(id AS STRING), CAST(amount AS STRING)) FROM orders %s"
                        .formatted(columns, hint),
                String.join(", ", rows));
    }

    private void assertAll(TableEnvironment tables) throws Exception {
        StatementSet statements = tables.createStatementSet();
        List<String> queries = List.copyOf(expected.keySet());
        for (int i = 0; i < queries.size(); i++) {
            tables.executeSql(
                    "CREATE TABLE s%d (line STRING) WITH ('connector' = 'lines', 'file' = '%s')"
                            .formatted(i, folder.resolve("s" + i)));
            statements.addInsertSql("INSERT INTO s" + i + " " + queries.get(i));
        }
        statements.execute().await();

        Map<String, String> read = new LinkedHashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            read.put(
                    queries.get(i),
                    Files.readString(folder.resolve("s" + i))
                            .lines()
                            .map(line -> line.replaceAll("^1 x |\\+I\\[|]$", ""))
                            .collect(Collectors.joining(", ")));
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void streamsBeginAndEndWhereTheyAreTold() throws Exception {
        changes("'scan.end-version' = '3'", "3 insert 1 150, 3 insert 3 350");
        changes("'scan.start-version' = '2', 'scan.end-version' = '3'", V2, V3);
        changes("'scan.start-version' = '2', 'scan.end-version' = '2'", V2);
        changes(
                "'scan.start-timestamp' = '2024-05-01T01:00:00.001Z', 'scan.end-timestamp' = '2024-05-01 11:59:59'",
                V2);
        changes("'scan.cursor' = 'copy', 'scan.end-version' = '3'", V3);
        changes("'scan.startup.mode' = 'latest', 'scan.end-version' = '3'", "");
        changes("'scan.mode' = 'feed', 'scan.end-version' = '3'", V1, V2_FEED, V3_FEED);
        changes(
                "'scan.mode' = 'feed', 'scan.start-version' = '2', 'scan.end-version' = '3'",
                V2_FEED,
                V3_FEED);
        changes(
                "'scan.mode' = 'append-only', 'scan.startup.mode' = 'earliest', 'scan.end-version' = '1'",
                V1);
        changes(
                "'scan.mode' = 'append-only', 'scan.append-only.on-other-changes' = 'skip', 'scan.start-version' = '0', 'scan.end-version' = '3'",
                V1);
        rows("'scan.mode' = 'snapshot'", "1 150", "3 350");
        rows("'scan.version' = '1'", "1 100", "2 200", "3 300");
        rows("'scan.timestamp' = '2024-05-01 11:30:00'", "1 150", "3 300");

        assertAll(streaming());
    }

    @Test
    void batchesReadOneVersionOrARange() throws Exception {
        rows("", "1 150", "3 350");
        rows("'scan.version' = '1'", "1 100", "2 200", "3 300");
        rows("'scan.timestamp' = '2024-05-01T02:00:00Z'", "1 150", "3 300");
        changes("'scan.mode' = 'feed'", V1, V2_FEED, V3_FEED);
        changes(
                "'scan.mode' = 'feed', 'scan.start-version' = '2', 'scan.end-version' = '2'",
                V2_FEED);
        changes("'scan.mode' = 'feed', 'scan.start-timestamp' = '2024-05-01T03:00:00Z'", V3_FEED);
        changes("'scan.mode' = 'feed', 'scan.end-timestamp' = '2024-05-01 10:30:00'", V1);
        changes("'scan.mode' = 'feed', 'scan.cursor' = 'copy'", V3_FEED);
        changes(
                "'scan.mode' = 'append-only', 'scan.start-version' = '1', 'scan.end-version' = '1'",
                V1);

        assertAll(batch());
    }

    @Test
    void anAppendOnlyReadStopsBeforeACommitThatUpdates() {
        changes(
                "'scan.mode' = 'append-only', 'scan.start-version' = '1', 'scan.end-version' = '3'");

        assertThatThrownBy(() -> assertAll(streaming()))
                .rootCause()
                .hasMessageContaining("cannot read the change feed of orders at version 2")
                .hasMessageContaining("'scan.append-only.on-other-changes' = 'skip'");
    }
}
