package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.store.ArtifactStore;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import io.millrace.session.StatementSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of two refreshes, asked for in SQL. */
class StoredRunsITCase {
    private static final RunEvents SILENT =
            new RunEvents() {
                @Override
                public void progress(String line) {}

                @Override
                public void status(String line) {}
            };

    @TempDir private static Path folder;

    private static RunRecord first;
    private static RunRecord second;
    private static StatementSession session;
    private static final List<String> LOST = new ArrayList<>();

    @BeforeAll
    static void refreshTwice() throws Exception {
        PeopleTable people = new PeopleTable(folder.resolve("w/people"));
        people.upsert(new Object[] {1L, "a", 5L}, new Object[] {2L, "a", 7L});
        Files.createDirectories(folder.resolve("p"));
        Files.writeString(
                folder.resolve("p/pipeline.yaml"),
                """
                name: teams
                sources: [{name: people, path: "${warehouse}/people"}]
                results:
                  - name: totals
                    key: [team]
                    query: SELECT utf8_null_if_blank(team) AS team, SUM(points) AS points FROM people WHERE id > 0 GROUP BY utf8_null_if_blank(team)
                """);
        session =
                new SessionFactory(
                                SessionProfile.of("batch"),
                                new ClusterTarget.Embedded(),
                                folder.resolve("w"))
                        .openForStatements();
        assertThat(rows("SELECT * FROM artifacts.runs")).isEmpty();
        first = refresh();
        people.upsert(new Object[] {3L, "b", 1L});
        second = refresh();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static RunRecord refresh() throws InterruptedException {
        try (ArtifactStore artifacts = ArtifactStore.open(folder.resolve("w"), LOST::add)) {
            return new PipelineRunner(
                            BoundPipeline.bind(
                                    PipelineReader.read(folder.resolve("p")),
                                    Map.of(),
                                    folder.resolve("w"),
                                    folder),
                            SessionProfile.of("refresh")
                                    .with("test", Map.of("parallelism.default", "1")),
                            new ClusterTarget.Embedded(),
                            SILENT,
                            artifacts)
                    .refresh(false);
        }
    }

    private static List<Row> rows(String sql) throws Exception {
        TableEnvironment tables = session.session().tables();
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void nothingIsLostAndPlansAreStoredOnce() throws Exception {
        assertThat(LOST).isEmpty();
        assertThat(rows("SELECT plan_id, pipeline FROM artifacts.bundles"))
                .containsExactly(Row.of(first.planId(), "teams"));
        assertThat(rows("SELECT run_id, verb, status FROM artifacts.runs ORDER BY started_at"))
                .containsExactly(
                        Row.of(first.runId(), "refresh", "succeeded"),
                        Row.of(second.runId(), "refresh", "succeeded"));
        assertThat(
                        rows(
                                "SELECT event FROM artifacts.run_events WHERE run_id = '"
                                        + first.runId()
                                        + "' ORDER BY happened_at"))
                .containsExactly(Row.of("planned"), Row.of("submitted"), Row.of("stopped"));
        assertThat(
                        rows(
                                "SELECT event, message FROM artifacts.run_events WHERE run_id = '"
                                        + second.runId()
                                        + "' ORDER BY happened_at"))
                .as("an unchanged pipeline is not planned again")
                .contains(Row.of("loaded", first.planId()))
                .doesNotContain(Row.of("planned", first.planId()));
    }

    @Test
    void tellsWhichColumnsAtWhichVersionFeedAColumn() throws Exception {
        assertThat(
                        rows(
                                """
                                SELECT l.source_dataset, l.source_column, l.influence_subtype,
                                    c.source_versions[l.source_dataset] AS source_version, c.version
                                FROM artifacts.lineage l
                                JOIN artifacts.commits c ON c.plan_id = l.plan_id AND c.dataset = l.sink_dataset
                                WHERE l.sink_dataset = 'totals' AND l.sink_column = 'points'
                                ORDER BY c.version
                                """))
                .containsExactly(
                        Row.of("people", "points", "AGGREGATION", 1L, 1L),
                        Row.of("people", "points", "AGGREGATION", 2L, 2L));
    }

    @Test
    void tellsWhichRunsUsedAVersionOfAFunction() throws Exception {
        assertThat(
                        rows(
                                """
                                SELECT r.run_id, f.signature
                                FROM artifacts.required_functions q
                                JOIN artifacts.function_versions f
                                  ON f.functions_hash = q.functions_hash AND f.function_name = q.function_name
                                JOIN artifacts.runs r ON r.plan_id = q.plan_id
                                WHERE q.function_name = 'utf8_null_if_blank' AND q.function_version = 1
                                ORDER BY r.started_at
                                """))
                .extracting(row -> row.getField(0))
                .containsExactly(first.runId(), second.runId());
    }

    @Test
    void tellsWhatACommitContains() throws Exception {
        assertThat(
                        rows(
                                """
                                SELECT c.inserted, c.updated, c.deleted, c.source_versions, r.verb, b.result_datasets
                                FROM artifacts.commits c
                                JOIN artifacts.runs r ON r.run_id = c.run_id
                                JOIN artifacts.bundles b ON b.plan_id = c.plan_id
                                WHERE c.dataset = 'totals' AND c.version = 2
                                """))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.toString())
                                        .isEqualTo("+I[1, 0, 0, {people=2}, refresh, [totals]]"));
    }

    @Test
    void isOnlyReadInSql() throws Exception {
        TableEnvironment tables = session.session().tables();
        for (String sql :
                List.of(
                        "INSERT INTO artifacts.run_events SELECT * FROM artifacts.run_events",
                        "DELETE FROM artifacts.runs",
                        "DROP TABLE artifacts.runs",
                        "ALTER TABLE artifacts.runs SET ('a' = 'b')",
                        "INSERT INTO `path`.`%s/w/_millrace/artifacts/runs` SELECT * FROM artifacts.runs"
                                .formatted(folder))) {
            assertThatThrownBy(() -> tables.executeSql(sql))
                    .as(sql)
                    .hasStackTraceContaining("Millrace itself writes what is in 'artifacts'");
        }
        assertThatThrownBy(() -> tables.executeSql("CREATE TABLE artifacts.mine (id INT)"))
                .hasStackTraceContaining("artifacts: cannot be given tables");
        assertThat(rows("CALL sys.expire_artifacts(keep_runs => 5, keep_days => 0)")).isEmpty();
        assertThat(rows("SELECT COUNT(*) FROM `artifacts`.`runs$changes`"))
                .containsExactly(Row.of(2L));
    }

    @Test
    void tellsWhereTimeWent() throws Exception {
        List<Row> operators =
                rows(
                        """
                        SELECT m.exec_node_id, m.operator, m.rows_in, m.rows_out, m.busy_ms, m.state_bytes, m.description
                        FROM artifacts.operator_metrics m
                        WHERE m.run_id = '%s' AND m.exec_node_id IS NOT NULL
                        ORDER BY m.busy_ms DESC, m.exec_node_id
                        """
                                .formatted(first.runId()));
        assertThat(operators)
                .filteredOn(row -> row.getField(1).toString().startsWith("GroupAggregate["))
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.getField(2)).isEqualTo(2L);
                            assertThat(row.getField(3)).as("changes out").isEqualTo(3L);
                            assertThat((long) row.getField(5)).isPositive();
                            assertThat(row.getField(6).toString()).contains("SUM");
                        });
    }
}
