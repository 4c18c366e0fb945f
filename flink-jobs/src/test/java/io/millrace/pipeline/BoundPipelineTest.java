package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
