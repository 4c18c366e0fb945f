package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans whose conditions skip files see what they would have seen without. */
class SkippedFilesITCase {

    @TempDir private Path folder;

    private ScriptedTable people;

    @BeforeEach
    void makeTable() {
        people =
                new ScriptedTable(folder.resolve("people"))
                        .insert(new Row(1, "Ann", "a"), new Row(2, "Bob", "a"))
                        .insert(new Row(3, "Cid", "b"), new Row(4, "Dan", null))
                        .deleteByVector(2L)
                        .restoreByVector(2L)
                        .move(1, "b")
                        .rename("Eve", 2L, 3L)
                        .move(3, "a")
                        .compact()
                        .move(1, "a")
                        .removeFilesOf(4L)
                        .move(2, null);
    }

    private void createPeople(TableEnvironment tables, String options) {
        tables.executeSql(
                """
                CREATE TABLE people (id BIGINT NOT NULL, name STRING, part STRING,
                  change STRING METADATA FROM '_change_type' VIRTUAL,
                  version BIGINT METADATA FROM '_commit_version' VIRTUAL)
                WITH ('connector' = 'delta', 'path' = '%s' %s)
                """
                        .formatted(folder.resolve("people"), options));
    }

    private StreamTableEnvironment streaming(String options) {
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(2));
        tables.getConfig().set(RunOptions.BOUNDED, true);
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("people", "" + people.version()));
        createPeople(tables, options);
        return tables;
    }

    private static List<String> rows(TableEnvironment tables, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<org.apache.flink.types.Row> result =
                tables.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    @Test
    void aChangelogHasTheChangesOfTheRowsThatSatisfyTheCondition() throws Exception {
        List<String> expected =
                LongStream.rangeClosed(1, people.version())
                        .boxed()
                        .flatMap(
                                version ->
                                        people.feed(version).stream()
                                                .filter(change -> change.endsWith(", a)"))
                                                .map(change -> version + change))
                        .toList();

        List<String> rows =
                rows(
                        streaming(", 'scan.startup.mode' = 'version', 'scan.start-version' = '1'"),
                        "SELECT version, id, name, part FROM people WHERE part = 'a'");

        assertThat(rows)
                .extracting(row -> row.replaceFirst("^(..)\\[(\\d+), (.*)\\]$", "$2$1($3)"))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected).anyMatch(change -> change.contains("-U(1"));
    }

    @Test
    void scansWithOtherConditionsOfOneStreamEndInTheirOwnRows() throws Exception {
        StreamTableEnvironment tables = streaming("");
        for (String sink : List.of("ofa", "nopart")) {
            tables.executeSql(
                    "CREATE TABLE %s (n BIGINT, names BIGINT) WITH ('connector' = 'lines', 'file' = '%s')"
                            .formatted(sink, folder.resolve(sink)));
        }
        String sql = "INSERT INTO %s SELECT COUNT(*), COUNT(DISTINCT name) FROM people WHERE %s";

        tables.createStatementSet()
                .addInsertSql(sql.formatted("ofa", "part = 'a'"))
                .addInsertSql(sql.formatted("nopart", "part IS NULL"))
                .execute()
                .await();

        List<String> last = people.snapshot(people.version());
        assertThat(Files.readString(folder.resolve("ofa")))
                .contains("+I[" + last.stream().filter(row -> row.endsWith(", a)")).count());
        assertThat(Files.readString(folder.resolve("nopart")))
                .contains("+I[" + last.stream().filter(row -> row.endsWith("null)")).count());
    }

    @Test
    void aConditionOnPartitionsNeedNotBeLookedAtAgainInBatch() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createPeople(tables, "");

        assertThat(tables.explainSql("SELECT id, part FROM people WHERE part = 'a'"))
                .contains("filter=[=(part,")
                .doesNotContain("where=");
        assertThat(tables.explainSql("SELECT id FROM people WHERE part = 'a' AND id > 1"))
                .contains("where=[(id > 1)]");
        for (String condition : List.of("part = 'a'", "part > 'a' OR part IS NULL")) {
            List<String> rows =
                    rows(tables, "SELECT id, name, part FROM people WHERE " + condition);
            List<String> same =
                    rows(
                            tables,
                            "SELECT id, name, part FROM (SELECT id, name, REVERSE(part) AS part FROM people) WHERE "
                                    + condition);
            assertThat(rows).containsExactlyInAnyOrderElementsOf(same);
        }
    }

    @Test
    void aConditionOnTheChangeTypeLeavesOutFilesOfOtherChangesInBatch() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createPeople(tables, ", 'scan.mode' = 'feed', 'scan.start-version' = '1'");
        Map<String, String> conditions =
                Map.of(
                        "change = 'insert'", "+I",
                        "change IN ('delete', 'update_preimage')", "-D-U",
                        "change <> 'insert' AND NOT change = 'delete'", "-U+U",
                        "change = 'none'", "");

        for (Map.Entry<String, String> condition : conditions.entrySet()) {
            String sql = "SELECT id, name, part FROM people WHERE " + condition.getKey();
            assertThat(tables.explainSql(sql)).contains("filter=[").doesNotContain("filter=[]");
            assertThat(rows(tables, sql))
                    .as(condition.getKey())
                    .extracting(row -> row.substring(3, row.length() - 1))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, people.version())
                                    .boxed()
                                    .flatMap(version -> people.feed(version).stream())
                                    .filter(c -> condition.getValue().contains(c.substring(0, 2)))
                                    .map(c -> c.substring(3, c.length() - 1))
                                    .toList());
        }
        assertThat(tables.explainSql("SELECT id FROM people WHERE change = 'insert' OR id = 1"))
                .contains("filter=[]");
    }
}
