package io.millrace.tests.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.FeedReplay;
import io.millrace.tests.harness.OrdersTables;
import io.millrace.tests.harness.RawTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job that follows a feed has counted, against the feed itself. */
class FeedMetricsITCase {

    private static final int COMMITS = 8;
    private static final int KEYS = 40;

    @TempDir private static Path base;

    private static RawTable orders;

    @BeforeAll
    static void makeTable() {
        OrdersTables tables = new OrdersTables(base, new Random(11), KEYS);
        for (int i = 0; i < COMMITS; i++) {
            tables.commit();
        }
        orders = new RawTable(base.resolve("orders"));
    }

    private static void create(ScanSession session, Path location, String name, String options) {
        session.tables()
                .executeSql(
                        "CREATE TABLE %s (order_id BIGINT, status STRING) WITH ('connector' = 'delta', 'path' = '%s'%s)"
                                .formatted(name, location, options));
    }

    /** Number of changes by type, of all versions. */
    private static Map<String, Long> changes() {
        FeedReplay feed = new FeedReplay(orders);
        return LongStream.rangeClosed(1, orders.latestVersion())
                .mapToObj(feed::changes)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(FeedReplay.Change::type, Collectors.counting()));
    }

    @Test
    void rowsAreCountedByKindAndNothingIsLeftBehind() throws Exception {
        Map<String, Long> changes = changes();
        assertThat(changes)
                .containsOnlyKeys("insert", "update_preimage", "update_postimage", "delete");
        try (ScanSession session = ScanSession.streaming(base)) {
            create(session, orders.location(), "feed", ", 'scan.start-version' = '1'");

            assertThat(session.rows("SELECT order_id, status FROM feed"))
                    .hasSize(changes.values().stream().mapToInt(Long::intValue).sum());

            assertThat(
                            Map.of(
                                    "insert", session.metric("numRowsInserted"),
                                    "update_preimage", session.metric("numRowsUpdatedBefore"),
                                    "update_postimage", session.metric("numRowsUpdatedAfter"),
                                    "delete", session.metric("numRowsDeleted")))
                    .isEqualTo(changes);
            for (String behind : List.of("lagVersions", "lagMilliseconds", "heldRows")) {
                assertThat(session.metrics().values(behind))
                        .as(behind)
                        .isNotEmpty()
                        .containsOnly(0L);
            }
            assertThat(session.metrics().values("currentVersion"))
                    .containsExactly(orders.latestVersion());
            assertThat(session.metrics().values("releasedVersion"))
                    .hasSize(2)
                    .allSatisfy(
                            version ->
                                    assertThat(version)
                                            .isGreaterThanOrEqualTo(orders.latestVersion()));
            assertThat(session.metric("filesRead")).isPositive();
            assertThat(session.metric("rowGroupsRead"))
                    .isGreaterThanOrEqualTo(session.metric("filesRead"));
            assertThat(session.metric("bytesRead")).isPositive();
        }
    }

    @Test
    void aSnapshotIsStreamedThroughWithoutTheRowGroupsThatCannotMatch() throws Exception {
        try (ScanSession session = ScanSession.streaming(base)) {
            create(session, orders.location(), "followed", "");

            assertThat(session.rows("SELECT order_id, status FROM followed"))
                    .hasSize(orders.rows(orders.latestVersion()).size());

            assertThat(session.metric("streamedThroughVersions")).isBetween(1L, 2L);
            assertThat(session.metrics().values("heldRows")).containsOnly(0L);
            assertThat(session.metric("rowGroupsSkipped")).isZero();

            long read = session.metric("rowGroupsRead");
            Object aKey = orders.rows(orders.latestVersion()).get(0).get(0);
            assertThat(session.rows("SELECT status FROM followed WHERE order_id = " + aKey))
                    .hasSize(1);
            assertThat(session.metric("rowGroupsSkipped")).isPositive();
            assertThat(session.metric("rowGroupsRead") - read).isBetween(1L, read - 1);
        }
    }
}
