package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan}: what it says of what the guards found. */
class PlanCommandTest {
    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int plan(Path pipeline, String... options) {
        out.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        List.of(new PlanCommand()))
                .run(
                        Stream.concat(
                                        Stream.of(
                                                "plan",
                                                pipeline.toString(),
                                                "--warehouse=" + folder.resolve("w")),
                                        Stream.of(options))
                                .toArray(String[]::new));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String failure() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void warningsOfGuardsAreShownAndInTheDocument() throws Exception {
        DeltaTable.at(folder.resolve("w/people").toString())
                .create(
                        new TableDefinition(
                                new StructType()
                                        .add("id", LongType.LONG, false)
                                        .add("city", StringType.STRING),
                                List.of(),
                                Map.of("delta.enableChangeDataFeed", "true")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                sources: [{name: people, path: "${warehouse}/people", key: [id]}]
                results:
                  - {name: pairs, key: [a, b], query: "SELECT x.id AS a, y.id AS b FROM people AS x JOIN people AS y ON x.id < y.id"}
                """);

        assertThat(plan(folder)).as(failure()).isZero();
        assertThat(printed()).contains("warning query of delta.results.pairs: is a cross join");
        assertThat(plan(folder, "--json")).as(failure()).isZero();
        assertThat(document().get("warnings")).hasSize(1);
        assertThat(document().get("warnings").get(0).asText())
                .contains("only [id] otherwise", "(millrace.guards.cross-join)");
    }

    /** Its keys are ids made of declared ids. */
    @Test
    void theCodeGraphHasNoWarnings() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("A.java"), "class A { int a() { return 1; } }");

        assertThat(plan(Path.of("pipelines/code-graph"), "--json", "--param=source=" + source))
                .as(failure())
                .isZero();
        assertThat(document().get("warnings")).isEmpty();
    }

    private JsonNode document() throws Exception {
        return JsonMapper.builder().build().readTree(printed());
    }
}
