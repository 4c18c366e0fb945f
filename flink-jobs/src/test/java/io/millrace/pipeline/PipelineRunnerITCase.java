package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.RunRecord.SinkChange;
import io.millrace.artifacts.RunRecord.SourceRead;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refreshes of a small pipeline on the embedded cluster, one after the other, as a user would do
 * them.
 */
class PipelineRunnerITCase {
    @TempDir private Path folder;

    private PeopleTable people;

    @BeforeEach
    void writeDefinition() throws IOException {
        people = new PeopleTable(folder.resolve("w/people"));
        Files.createDirectories(folder.resolve("p"));
        writeView(
                "SELECT team, SUM(points) AS points, COUNT(*) AS members FROM people GROUP BY team");
        Files.writeString(
                folder.resolve("p/pipeline.yaml"),
                """
                name: teams
                sources: [{name: people, path: "${warehouse}/people"}]
                sql: [views.sql]
                results:
                  - {name: totals, key: [team], view: by_team}
                  - {name: large, key: [team], query: SELECT team FROM totals WHERE points > 10}
                """);
    }

    private void writeView(String query) throws IOException {
        Files.writeString(folder.resolve("p/views.sql"), "CREATE VIEW by_team AS " + query + ";");
    }

    private void upsert(Object[]... rows) throws IOException {
        people.upsert(rows);
    }

    private PipelineRunner runner() {
        BoundPipeline pipeline =
                BoundPipeline.bind(
                        PipelineReader.read(folder.resolve("p")),
                        Map.of(),
                        folder.resolve("w"),
                        folder);
        SessionProfile profile =
                SessionProfile.of("refresh").with("test", Map.of("parallelism.default", "2"));
        return new PipelineRunner(
                pipeline,
                profile,
                new ClusterTarget.Embedded(),
                new RunEvents() {
                    @Override
                    public void progress(String line) {}

                    @Override
                    public void status(String line) {}
                });
    }

    private Set<String> rows(String result) throws IOException {
        return PeopleTable.rows(folder.resolve("w").resolve(result));
    }

    private static SinkChange sink(RunRecord record, String name) {
        return record.sinks().stream()
                .filter(s -> s.dataset().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertChange(SinkChange change, long inserted, long updated, long deleted) {
        assertThat(List.of(change.inserted(), change.updated(), change.deleted()))
                .as(change.dataset())
                .isEqualTo(List.of(inserted, updated, deleted));
    }

    @Test
    void refreshesReadOnlyWhatIsNewAndReportNetChanges() throws Exception {
        upsert(new Object[] {1L, "a", 5L}, new Object[] {2L, "a", 7L}, new Object[] {3L, "b", 1L});
        RunRecord first = runner().refresh(false);
        assertThat(rows("totals")).containsExactly("+I(a,12,2)", "+I(b,1,1)");
        assertThat(rows("large")).containsExactly("+I(a)");
        assertChange(sink(first, "totals"), 2, 0, 0);
        long version = DeltaTable.at(folder.resolve("w/people").toString()).log().latestVersion();
        assertThat(first.sources()).containsExactly(new SourceRead("people", -1, version, 3));

        RunRecord idle = runner().refresh(false);
        assertThat(idle.sources()).containsExactly(new SourceRead("people", version, version, 0));
        assertChange(sink(idle, "totals"), 0, 0, 0);

        upsert(new Object[] {3L, "c", 20L}, new Object[] {2L, "a", 8L});
        upsert(new Object[] {4L, "d", 1L});
        RunRecord second = runner().refresh(false);
        assertThat(rows("totals")).containsExactly("+I(a,13,2)", "+I(c,20,1)", "+I(d,1,1)");
        assertThat(rows("large")).containsExactly("+I(a)", "+I(c)");
        assertChange(sink(second, "totals"), 2, 1, 1);
        assertChange(sink(second, "large"), 1, 0, 0);
        assertThat(second.sources())
                .containsExactly(new SourceRead("people", version, version + 2, 5));
        assertThat(second.planId()).isEqualTo(first.planId());
    }

    @Test
    void missingOrUnfittingStateIsRefusedUntilRebuilt() throws Exception {
        upsert(new Object[] {1L, "a", 5L}, new Object[] {2L, "a", 7L}, new Object[] {3L, "b", 1L});
        runner().refresh(false);
        FileUtils.deleteDirectory(folder.resolve("w/_millrace/state/teams").toFile());
        assertThatThrownBy(() -> runner().refresh(false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--rebuild");
        upsert(new Object[] {1L, "a", 6L}, new Object[] {3L, "b", null});
        RunRecord rebuilt = runner().refresh(true);
        assertThat(rows("totals")).containsExactly("+I(a,13,2)");
        assertChange(sink(rebuilt, "totals"), 0, 1, 1);
        assertChange(sink(rebuilt, "large"), 0, 0, 0);

        writeView(
                "SELECT team, MAX(points) AS points, COUNT(*) AS members FROM people GROUP BY team");
        assertThat(runner().planning().report().changed()).isTrue();
        assertThat(runner().planning().report().differences())
                .anyMatch(line -> line.startsWith("operator ") && line.contains("MAX"))
                .anyMatch(line -> line.startsWith("state ") && line.contains("lost"));
        assertThatThrownBy(() -> runner().refresh(false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("teams: cannot continue from its state: the plan was")
                .hasMessageContaining("--rebuild");
        runner().refresh(true);
        assertThat(rows("totals")).containsExactly("+I(a,7,2)");
        assertThat(rows("large")).isEmpty();
    }
}
