package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.RunRecord.SourceRead;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan is run again from its bundle, or refused with the name of what is other. */
class ReplayITCase {
    private static final RunEvents SILENT =
            new RunEvents() {
                @Override
                public void progress(String line) {}

                @Override
                public void status(String line) {}
            };

    @TempDir private Path folder;

    private PeopleTable people;
    private Path bundle;

    @BeforeEach
    void plan() throws IOException {
        people = new PeopleTable(folder.resolve("w/people"));
        people.upsert(new Object[] {1L, "a", 5L}, new Object[] {2L, "a", 7L});
        Files.createDirectories(folder.resolve("p"));
        Files.writeString(
                folder.resolve("p/views.sql"),
                "CREATE VIEW by_team AS SELECT team, SUM(points) AS points FROM people GROUP BY team;");
        Files.writeString(folder.resolve("p/totals.sql"), "SELECT * FROM by_team");
        Files.writeString(
                folder.resolve("p/pipeline.yaml"),
                """
                name: teams
                params: [{name: base, description: folder of the tables}]
                sources: [{name: people, path: "${base}/people"}]
                sql: [views.sql]
                results:
                  - {name: totals, key: [team], file: totals.sql}
                """);
        PipelineRunner runner =
                new PipelineRunner(
                        BoundPipeline.bind(
                                PipelineReader.read(folder.resolve("p")),
                                Map.of("base", folder.resolve("w").toString()),
                                folder.resolve("w"),
                                folder),
                        SessionProfile.of("refresh")
                                .with("test", Map.of("table.exec.state.ttl", "0 ms")),
                        new ClusterTarget.Embedded(),
                        SILENT);
        bundle = runner.planning().report().bundle();
    }

    private RunRecord replay(Path into) throws InterruptedException {
        return new Replay(bundle, new ClusterTarget.Embedded(), SILENT)
                .run(into, Map.of(), SessionProfile.of("refresh"), ArtifactLog.NONE);
    }

    @Test
    void givesTheResultOfThenWhateverCameAfter() throws Exception {
        long version = DeltaTable.at(folder.resolve("w/people").toString()).log().latestVersion();
        people.upsert(new Object[] {9L, "z", 1L});
        Files.delete(folder.resolve("p/views.sql"));

        RunRecord record = replay(folder.resolve("again"));

        assertThat(PeopleTable.rows(folder.resolve("again/totals"))).isEqualTo(Set.of("+I(a,12)"));
        assertThat(record.sources()).containsExactly(new SourceRead("people", -1, version, 2));
        assertThat(record.planId()).isEqualTo(bundle.getFileName().toString());
        assertThat(folder.resolve("w/totals")).doesNotExist();
        assertThatThrownBy(() -> replay(folder.resolve("again")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void whatIsOtherIsRefusedByName() throws Exception {
        refused("engine.json", "\"flink\" : \"2", "\"flink\" : \"1", "Flink's version was 1");
        refused("engine.json", "io.millrace.planner.rules.", "old.", "the planner's rules was");
        refused(
                "functions.json",
                "\"snapshot\" : \"",
                "\"snapshot\" : \"0",
                "the function snapshot");
        refused(
                "settings.json",
                "UTC",
                "CET",
                "setting 'table.local-time-zone' was CET and is UTC");
        refused("compiled-plan.json", "SUM", "MAX", "the compiled plan's identity hash");
        refused(
                "manifest.json",
                "\"identity_hash\" : \"",
                "\"identity_hash\" : \"0",
                "dataset 'people': identity hash of its columns and key was 0");
        refused(
                "manifest.json",
                "\"protocol\" : \"reader",
                "\"protocol\" : \"reader 9",
                "dataset 'people': protocol was reader 9");
        refused(
                "manifest.json",
                "\"table_id\" : \"",
                "\"table_id\" : \"0",
                "dataset 'people': table id was 0");
    }

    private void refused(String file, String before, String after, String message)
            throws IOException {
        Path changed = bundle.resolve(file);
        String text = Files.readString(changed);
        assertThat(text).as(file).contains(before);
        Files.writeString(changed, text.replace(before, after));
        assertThatThrownBy(() -> replay(folder.resolve("refused")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("teams: plan ")
                .hasMessageContaining(message);
        Files.writeString(changed, text);
        assertThat(folder.resolve("refused/totals")).doesNotExist();
    }

    @Test
    void anotherFolderIsNoBundle() {
        assertThatThrownBy(
                        () -> new Replay(folder.resolve("p"), new ClusterTarget.Embedded(), SILENT))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is no plan bundle");
    }
}
