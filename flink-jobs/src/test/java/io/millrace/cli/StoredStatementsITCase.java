package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.artifacts.store.ArtifactReader;
import io.millrace.artifacts.store.ArtifactTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of statements, and how it is shown. */
class StoredStatementsITCase {
    private static final String SECRET = "canary7f3a";

    @TempDir private Path warehouse;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int millrace(String... arguments) {
        out.reset();
        err.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        List.of(new SqlCommand(), new ArtifactsCommand()))
                .run(arguments);
    }

    private List<Map<String, Object>> rows(ArtifactTable table) {
        return new ArtifactReader(warehouse).rows(table, row -> true);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void statementsThatArePlannedAreStoredWithPlanCommitsAndOperators() {
        String statements =
                "CREATE TABLE IF NOT EXISTS t (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED);"
                        + " INSERT INTO t VALUES (1, 'a'), (2, ' ');"
                        + " SELECT utf8_null_if_blank(name) AS n, COUNT(*) AS c FROM t GROUP BY utf8_null_if_blank(name);"
                        + " SELECT 'https://x/y?sig="
                        + SECRET
                        + "' AS secret FROM t";
        assertThat(millrace("sql", "--warehouse", warehouse.toString(), "-e", statements))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(rows(ArtifactTable.RUNS))
                .hasSize(3)
                .allSatisfy(
                        run -> {
                            assertThat(run).containsEntry("status", "succeeded");
                            assertThat((String) run.get("plan_id")).hasSize(32);
                        });
        assertThat(rows(ArtifactTable.COMMITS))
                .singleElement()
                .satisfies(
                        commit ->
                                assertThat(commit)
                                        .containsEntry("dataset", "t")
                                        .containsEntry("inserted", 2L));
        assertThat(rows(ArtifactTable.LINEAGE))
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .containsEntry("sink_column", "n")
                                        .containsEntry("source_column", "name"));
        assertThat(rows(ArtifactTable.REQUIRED_FUNCTIONS))
                .extracting(row -> row.get("function_name"))
                .containsExactly("utf8_null_if_blank");
        assertThat(rows(ArtifactTable.OPERATOR_METRICS))
                .anySatisfy(
                        row -> {
                            assertThat((String) row.get("operator")).contains("Aggregate");
                            assertThat(row).containsEntry("rows_in", 2L);
                        });
        for (ArtifactTable table : ArtifactTable.values()) {
            assertThat(rows(table).toString()).as(table.tableName()).doesNotContain(SECRET);
        }
        theVerbShowsThem();
    }

    private void theVerbShowsThem() {
        String folder = "--warehouse=" + warehouse;
        assertThat(millrace("artifacts", folder)).isZero();
        assertThat(shown().lines()).hasSize(3).allMatch(line -> line.contains("succeeded"));
        String run = (String) rows(ArtifactTable.COMMITS).get(0).get("run_id");
        assertThat(millrace("artifacts", "run", run.substring(0, 12), folder)).isZero();
        assertThat(shown()).contains("INSERT INTO t", "commits", "operator_metrics");
        String plan = (String) rows(ArtifactTable.BUNDLES).get(0).get("plan_id");
        assertThat(millrace("artifacts", "plan", plan, folder, "--json")).isZero();
        assertThat(shown()).contains("\"physical_plan\"", "\"lineage\"");
        assertThat(millrace("artifacts", "run", "nothing", folder)).isEqualTo(2);
        assertThat(millrace("artifacts", "expire", "--keep-runs=1", "--keep-days=0", folder))
                .isZero();
        assertThat(rows(ArtifactTable.RUNS)).hasSize(1);
    }
}
