package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline with functions of its own: a jar made here, and an expression. */
class PipelineFunctionsITCase {
    private static final RowType ROWS =
            RowType.of(
                    new LogicalType[] {new BigIntType(false), VarCharType.STRING_TYPE},
                    new String[] {"id", "team"});

    private static final RunEvents SILENT =
            new RunEvents() {
                @Override
                public void progress(String line) {}

                @Override
                public void status(String line) {}
            };

    @TempDir private Path folder;

    @BeforeEach
    void writeTable() throws IOException {
        Files.createDirectories(folder.resolve("p"));
        String location = folder.resolve("w/people").toString();
        try (TableWrite write =
                TableWrite.open(
                        DeltaTable.at(location), WriteSpec.of(location, ROWS, List.of("id")))) {
            for (long id = 0; id < 4; id++) {
                write.upsert(GenericRowData.of(id, StringData.fromString("t" + id)));
            }
            write.commit(new TransactionId("test", 1), Map.of());
        }
        definition("exclaim", "CONCAT(exclaim(s), CAST(n AS STRING))");
        FunctionJar.write(folder.resolve("p"), "exclaim", "!", true);
    }

    private void definition(String called, String expression) throws IOException {
        Files.writeString(
                folder.resolve("p/pipeline.yaml"),
                """
                name: shouting
                functions:
                  - jar: user.jar
                  - name: numbered
                    arguments: {s: STRING, n: BIGINT}
                    returns: STRING
                    expression: %s
                    doc: The text with a mark and a number.
                    tags: [string_norm]
                    examples: "numbered('a', 1) => a!1"
                sources: [{name: people, path: "${warehouse}/people"}]
                results:
                  - name: loud
                    key: [id]
                    query: SELECT id, %s(team) AS t FROM people WHERE numbered(team, id + 0) IN ('t1!1', 't2!2', 't3!4')
                """
                        .formatted(expression, called));
    }

    private PipelineRunner runner() {
        return new PipelineRunner(
                BoundPipeline.bind(
                        PipelineReader.read(folder.resolve("p")),
                        Map.of(),
                        folder.resolve("w"),
                        folder),
                SessionProfile.of("refresh").with("test", Map.of("parallelism.default", "1")),
                new ClusterTarget.Embedded(),
                SILENT);
    }

    @Test
    void itsFunctionsArePlannedRunAndPartOfThePlansIdentity() throws Exception {
        RunRecord record = runner().refresh(false);
        assertThat(record.sinks().get(0).inserted()).isEqualTo(2);
        String planned = runner().planning().report().planId();
        assertThat(planned).isEqualTo(record.planId());

        FunctionJar.write(folder.resolve("p"), "exclaim", "!", true);
        assertThat(runner().planning().report().planId()).as("packed anew").isEqualTo(planned);
        FunctionJar.write(folder.resolve("p"), "exclaim", "?", true);
        assertThat(runner().planning().report().planId()).as("another jar").isNotEqualTo(planned);
        assertThatThrownBy(() -> runner().refresh(false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--rebuild");
    }

    @Test
    void aReplayUsesTheJarOfThenAndNoOther() throws Exception {
        Path bundle = runner().planning().report().bundle();
        Files.delete(folder.resolve("p/user.jar"));
        Replay replay = new Replay(bundle, new ClusterTarget.Embedded(), SILENT);
        RunRecord record =
                replay.run(
                        folder.resolve("again"),
                        Map.of(),
                        SessionProfile.of("refresh")
                                .with("test", Map.of("parallelism.default", "1")),
                        ArtifactLog.NONE);
        assertThat(record.sinks().get(0).inserted()).isEqualTo(2);

        try (Stream<Path> jars = Files.list(folder.resolve("w/_millrace/jars"))) {
            Files.writeString(jars.toList().get(0), "another");
        }
        assertThatThrownBy(
                        () ->
                                replay.run(
                                        folder.resolve("third"),
                                        Map.of(),
                                        SessionProfile.of("refresh"),
                                        ArtifactLog.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is not the jar that it was");
    }

    @Test
    void whatIsNotDescribedOrTakenIsRefused() throws Exception {
        FunctionJar.write(folder.resolve("p"), "exclaim", "!", false);
        assertThatThrownBy(this::runner)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("exclaim: a function needs documentation");
        FunctionJar.write(folder.resolve("p"), "stable_id", "!", true);
        assertThatThrownBy(this::runner)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("two functions named stable_id");
        FunctionJar.write(folder.resolve("p"), "upper", "!", true);
        assertThatThrownBy(this::runner)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Flink has a function named upper already");
        FunctionJar.write(folder.resolve("p"), "exclaim", "!", true);
        definition("exclaim", "CONCAT(q, s)");
        assertThatThrownBy(this::runner)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("names 'q', which is no argument");
    }
}
