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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir private Path folder;

    @BeforeEach
    void aPipeline() throws Exception {
        DeltaTable.at(folder.resolve("people").toString())
                .create(
                        new TableDefinition(
                                new StructType()
                                        .add("id", LongType.LONG, false)
                                        .add("city", StringType.STRING)
                                        .add("note", StringType.STRING),
                                List.of(),
                                Map.of("delta.enableChangeDataFeed", "true")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                sources: [{name: people, path: "${warehouse}/people", key: [id]}]
                results:
                  - {name: by_city, key: [city], query: "SELECT city, COUNT(*) AS n, MAX(id) AS newest FROM people GROUP BY city"}
                """);
    }

    private int run(String... options) {
        List<String> args =
                new ArrayList<>(
                        List.of("lineage", folder.toString(), "--warehouse", folder.toString()));
        args.addAll(List.of(options));
        Main main =
                new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        List.of(new LineageCommand()));
        return main.run(args.toArray(String[]::new));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsWhatColumnsComeFrom() {
        assertThat(run()).isZero();
        assertThat(output())
                .contains(
                        """
                        by_city
                          (rows) <- people.city GROUP_BY
                          city <- people.city IDENTITY
                          n <- nothing
                          newest <- people.id AGGREGATION
                        needs people: city, id
                        """);
        assertThat(folder.resolve("_millrace/plans")).doesNotExist();
    }

    @Test
    void oneColumnIsAnOpenLineageEvent() throws Exception {
        assertThat(run("--column", "by_city.newest", "--format", "openlineage")).isZero();
        JsonNode event = new JsonMapper().readTree(output());
        assertThat(event.at("/job/name").asText()).isEqualTo("p");
        JsonNode result = event.at("/outputs/0");
        assertThat(result.at("/namespace").asText()).isEqualTo("file");
        assertThat(result.at("/name").asText()).isEqualTo(folder.resolve("by_city").toString());
        assertThat(result.at("/facets/columnLineage/fields/newest/inputFields").toString())
                .isEqualTo(
                        "[{\"namespace\":\"file\",\"name\":\"%s\",\"field\":\"id\",\"transformations\":[{\"type\":\"DIRECT\",\"subtype\":\"AGGREGATION\"}]}]"
                                .formatted(folder.resolve("people")));
        assertThat(result.at("/facets/columnLineage/dataset/0/field").asText()).isEqualTo("city");
    }

    @Test
    void isAGraphOfColumns() {
        assertThat(run("--format", "dot")).isZero();
        assertThat(output())
                .contains(
                        "\"from people.id\" -> \"to by_city.newest\" [style=solid, label=\"AGGREGATION\"];")
                .contains(
                        "\"from people.city\" -> \"to by_city.(rows)\" [style=dashed, label=\"GROUP_BY\"];");
    }

    @Test
    void isADocument() throws Exception {
        assertThat(run("--json")).isZero();
        JsonNode document = new JsonMapper().readTree(output());
        assertThat(document.at("/results/0/columns/2/origins/0/subtype").asText())
                .isEqualTo("AGGREGATION");
        assertThat(document.at("/required/0/columns").toString()).isEqualTo("[\"city\",\"id\"]");
    }

    @Test
    void aColumnThatIsNotThereIsRefused() {
        assertThat(run("--column", "by_city.age")).isEqualTo(Main.USAGE);
        assertThat(run("--column", "age")).isEqualTo(Main.USAGE);
    }
}
