package io.millrace.tests.scan;

import static io.millrace.tests.scan.WrittenTables.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of structs that are wanted above conditions, joins and unions are all that is read. */
class NestedFieldsITCase {

    private static final Pattern PROJECT = Pattern.compile("project=\\[([^\\]]*)\\]");

    @TempDir private static Path warehouse;

    @BeforeAll
    static void makeTable() throws Exception {
        new WrittenTables(warehouse)
                .upsert(
                        "people",
                        "ROW<id BIGINT NOT NULL, boss BIGINT, who ROW<name STRING, place ROW<city STRING, zip INT>, age INT>>",
                        List.of(),
                        List.of(
                                row(1L, 3L, row("Ann", row("Rome", 1), 30)),
                                row(2L, 1L, row("Bob", null, 40)),
                                row(3L, 9L, null),
                                row(4L, 1L, row("Dan", row("Oslo", 2), null))));
    }

    /** Query, what the plan's scans read where it is not all columns, and its rows. */
    private record Case(String sql, List<String> read, List<String> rows) {}

    private static final List<Case> CASES =
            List.of(
                    new Case(
                            "SELECT who.name FROM people WHERE id + boss > 3",
                            List.of("id, boss, who_name"),
                            List.of("Ann", "null", "Dan")),
                    new Case(
                            "SELECT id FROM people WHERE CHAR_LENGTH(who.place.city) = 4 AND who.age IS NULL",
                            List.of("id, who_place_city, who_age"),
                            List.of("4")),
                    new Case(
                            "SELECT a.who.name, b.who.place.city FROM people a JOIN people b ON a.boss = b.id",
                            List.of("boss, who_name", "id, who_place_city"),
                            List.of("Ann, null", "Bob, Rome", "Dan, Rome")),
                    new Case(
                            "SELECT a.who.name, b.who.place.city FROM people a LEFT JOIN people b ON a.boss = b.id AND b.who.age > 20",
                            List.of("boss, who_name", "id, who_place_city, who_age"),
                            List.of("Ann, null", "Bob, Rome", "null, null", "Dan, Rome")),
                    new Case(
                            "SELECT who.name FROM people a WHERE EXISTS (SELECT 1 FROM people b WHERE b.boss = a.id AND b.who.name LIKE 'B%')",
                            List.of("id, who_name", "boss, who_name"), List.of("Ann")),
                    new Case(
                            "SELECT name, COUNT(*) FROM (SELECT who.name AS name FROM people WHERE id + boss <> 4 UNION ALL SELECT who.place.city FROM people WHERE id <> boss) GROUP BY name",
                            List.of("id, boss, who_name", "id, boss, who_place_city"),
                            List.of("Bob, 1", "null, 3", "Dan, 1", "Rome, 1", "Oslo, 1")),
                    new Case(
                            "SELECT u.who.name FROM (SELECT id, who FROM people UNION ALL SELECT boss, who FROM people) u WHERE u.id > 3",
                            List.of("id, who_name", "boss, who_name"),
                            List.of("Dan", "null")),
                    new Case(
                            "SELECT who, who.name FROM people WHERE id + boss = 3",
                            List.of(),
                            List.of("+I[Bob, null, 40], Bob")));

    @Test
    void inBatch() throws Exception {
        try (ScanSession session =
                ScanSession.batch(
                        warehouse, Map.of("table.optimizer.reuse-source-enabled", "false"))) {
            for (Case one : CASES) {
                check(session, one);
            }
        }
    }

    @Test
    void inStreams() throws Exception {
        try (ScanSession session = ScanSession.streaming(warehouse)) {
            session.tables().getConfig().set("table.optimizer.reuse-source-enabled", "false");
            for (Case one : CASES) {
                check(session, one);
            }
        }
    }

    private static void check(ScanSession session, Case one) throws Exception {
        String plan = session.plan(one.sql());
        String physical = plan.substring(plan.indexOf("== Optimized Execution Plan"));
        Matcher found = PROJECT.matcher(physical);
        assertThat(found.results().map(match -> match.group(1)).distinct().toList())
                .as(one.sql() + physical)
                .containsExactlyInAnyOrderElementsOf(one.read());
        Map<String, Integer> counts = new HashMap<>();
        for (String row : session.rows(one.sql())) {
            boolean adds = row.startsWith("+");
            counts.merge(row.substring(3, row.length() - 1), adds ? 1 : -1, Integer::sum);
        }
        counts.values().removeIf(count -> count == 0);
        Map<String, Integer> expected = new HashMap<>();
        one.rows().forEach(row -> expected.merge(row, 1, Integer::sum));
        assertThat(counts).as(one.sql()).isEqualTo(expected);
    }
}
