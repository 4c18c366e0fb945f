package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundPipelineTest {
    @TempDir private Path folder;

    private BoundPipeline bind(Map<String, String> params) {
        return BoundPipeline.bind(
                PipelineReader.read(folder), params, Path.of("/data/w"), Path.of("/project"));
    }

    @BeforeEach
    void writeDefinition() throws IOException {
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                params:
                  - {name: base, description: where}
                  - {name: source, default: "${home}/src"}
                sources:
                  - {name: a, path: "${base}/x/a"}
                  - {name: b, path: "${warehouse}/b"}
                results: [{name: r, query: SELECT * FROM a}]
                """);
    }

    @Test
    void parametersReachLocationsAndPrepareSteps() {
        BoundPipeline bound = bind(Map.of("base", "/in/../in"));
        assertThat(bound.sources()).isEqualTo(Map.of("a", "/in/x/a", "b", "/data/w/b"));
        assertThat(bound.results()).isEqualTo(Map.of("r", "/data/w/r"));
        assertThat(bound.params()).containsEntry("source", "/project/src");
    }

    @Test
    void parametersAreCheckedAgainstTheDefinition() {
        assertThatThrownBy(() -> bind(Map.of()))
                .isInstanceOf(MissingParameterException.class)
                .hasMessageContaining("p: needs --param base=VALUE: where");
        assertThatThrownBy(() -> bind(Map.of("base", "/x", "bass", "/y")))
                .isInstanceOf(MissingParameterException.class)
                .hasMessageContaining("no parameter 'bass'");
    }

    @Test
    void aResultThatIsASourceIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                sources: [{name: a, path: "${warehouse}/r"}]
                results: [{name: r, query: SELECT * FROM a}]
                """);
        assertThatThrownBy(() -> bind(Map.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "pipeline.yaml:3:11: result 'r' is the same table as source 'a'");
    }

    @Test
    void linksHideNoResultThatIsASourceOrLiesOutside(@TempDir Path warehouse) throws IOException {
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                params: [{name: at}]
                sources: [{name: a, path: "${at}"}]
                results: [{name: r, query: SELECT * FROM a}]
                """);
        Files.createDirectories(warehouse.resolve("r"));
        Path link = Files.createSymbolicLink(warehouse.resolve("link"), warehouse.resolve("r"));
        for (String at : List.of(link.toString(), "file://" + link, warehouse + "/x/../r")) {
            assertThatThrownBy(() -> bind(Map.of("at", at), warehouse))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("result 'r' is the same table as source 'a'");
        }

        Files.delete(warehouse.resolve("r"));
        for (String outside : List.of(folder.toString(), folder + "/not-there")) {
            Files.createSymbolicLink(warehouse.resolve("r"), Path.of(outside));
            assertThatThrownBy(() -> bind(Map.of("at", "/in/a"), warehouse))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("through a link to outside the warehouse: " + outside);
            Files.delete(warehouse.resolve("r"));
        }
        assertThat(bind(Map.of("at", "/in/a"), warehouse).results()).containsKey("r");
    }

    private BoundPipeline bind(Map<String, String> params, Path warehouse) {
        return BoundPipeline.bind(
                PipelineReader.read(folder), params, warehouse, Path.of("/project"));
    }
}
