package io.millrace.tests.scan;

import static io.millrace.tests.scan.WrittenTables.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins in batch jobs that read of a partitioned table only the partitions of the other side. */
class JoinFiltersITCase {

    private static final int DAYS = 10;
    private static final int FILES_OF_DAYS = 1;
    private static final Map<String, String> OFF =
            Map.of("table.optimizer.dynamic-filtering.enabled", "false");

    @TempDir private static Path warehouse;

    /** One file for each day and region; the day has one word in the small table. */
    @BeforeAll
    static void makeTables() throws Exception {
        WrittenTables tables = new WrittenTables(warehouse);
        List<GenericRowData> sales = new ArrayList<>();
        List<GenericRowData> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (long id = 0; id < 20; id++) {
                sales.add(row(day * 100L + id, day, day % 2 == 0 ? "even" : "odd", id));
            }
            days.add(row((long) day, day, day % 2 == 0 ? "odd" : "even", "word" + day % 5));
        }
        tables.upsert(
                "sales",
                "ROW<id BIGINT NOT NULL, `day` INT, region STRING, amount BIGINT>",
                List.of("day", "region"),
                sales);
        tables.upsert(
                "days",
                "ROW<id BIGINT NOT NULL, `day` INT, other STRING, word STRING>",
                List.of(),
                days);
    }

    private static long filesRead(Map<String, String> settings, String sql, List<String> expected)
            throws Exception {
        try (ScanSession session = ScanSession.batch(warehouse, settings)) {
            assertThat(session.rows(sql)).containsExactlyInAnyOrderElementsOf(expected);
            return salesRead(session);
        }
    }

    private static long salesRead(ScanSession session) {
        return session.metric("filesRead") - FILES_OF_DAYS;
    }

    private static List<String> rowsWithout(String sql) throws Exception {
        try (ScanSession session = ScanSession.batch(warehouse, OFF)) {
            return session.rows(sql);
        }
    }

    private static String join(String condition) {
        return "SELECT s.id, d.word FROM sales s JOIN days d ON s.`day` = d.`day` WHERE "
                + condition;
    }

    @Test
    void onlyThePartitionsOfTheOtherSideAreRead() throws Exception {
        String sql = join("d.word = 'word3'");
        List<String> expected = rowsWithout(sql);
        assertThat(expected).hasSize(40);

        assertThat(filesRead(OFF, sql, expected)).isEqualTo(DAYS);
        try (ScanSession session = ScanSession.batch(warehouse, Map.of())) {
            assertThat(session.plan(sql)).contains("DynamicFilteringDataCollector");
            assertThat(session.rows(sql)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(salesRead(session)).isEqualTo(2);
            assertThat(session.metric("filesSkipped")).isEqualTo(DAYS - 2);
        }
    }

    @Test
    void noFileIsReadWhereTheOtherSideIsEmpty() throws Exception {
        assertThat(filesRead(Map.of(), join("UPPER(d.word) = 'none'"), List.of())).isZero();
    }

    @Test
    void allFilesAreReadWhereTheOtherSideIsLarge() throws Exception {
        String sql = join("d.word <> 'none'");
        List<String> expected = rowsWithout(sql);

        assertThat(filesRead(Map.of(), sql, expected)).isEqualTo(DAYS);
        assertThat(
                        filesRead(
                                Map.of("table.exec.dynamic-filtering.threshold", "1 b"),
                                join("d.word = 'word3'"),
                                rowsWithout(join("d.word = 'word3'"))))
                .isEqualTo(DAYS);
    }

    @Test
    void aggregatesAndConditionsStandBetweenScanAndJoin() throws Exception {
        String sql =
                """
                SELECT s.`day`, s.total, d.word FROM
                  (SELECT `day`, SUM(amount) AS total FROM sales WHERE amount > 3 GROUP BY `day`) s
                  JOIN days d ON s.`day` = d.`day` WHERE d.word = 'word1'
                """;

        assertThat(filesRead(Map.of(), sql, rowsWithout(sql))).isEqualTo(2);
    }

    /** Flink would take the words of {@code other} for days' regions. */
    @Test
    void joinsBySeveralKeysAreNotFiltered() throws Exception {
        String sql =
                """
                SELECT s.id, d.word FROM sales s JOIN days d
                  ON UPPER(s.region) = UPPER(d.other) AND s.`day` + 1 = d.`day`
                  WHERE d.word = 'word3'
                """;
        List<String> expected = rowsWithout(sql);
        assertThat(expected).hasSize(40);

        assertThat(filesRead(Map.of(), sql, expected)).isEqualTo(DAYS);
    }

    @Test
    void aScanWithALimitTakesNoPart() throws Exception {
        try (ScanSession session = ScanSession.batch(warehouse, Map.of())) {
            assertThat(
                            session.plan(
                                    """
                                    SELECT s.id FROM (SELECT * FROM sales LIMIT 5) s
                                    JOIN days d ON s.`day` = d.`day` WHERE d.word = 'word3'
                                    """))
                    .doesNotContain("DynamicFiltering");
        }
    }

    @Test
    void streamsAreNotFiltered() {
        try (ScanSession session = ScanSession.streaming(warehouse)) {
            assertThat(session.plan(join("d.word = 'word3'"))).doesNotContain("DynamicFiltering");
        }
    }
}
