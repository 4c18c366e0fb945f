package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableDefinition;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Options of scans, such as an end of the versions to read, do not come into a pipeline: a refresh
 * reads each source up to the version that is the newest when it starts.
 */
class PipelinePlannerTest {

    @TempDir private Path folder;

    @BeforeEach
    void aPipelineWithAHint() throws Exception {
        DeltaTable.at(folder.resolve("a").toString())
                .create(
                        new TableDefinition(
                                new StructType().add("id", LongType.LONG, false),
                                List.of(),
                                Map.of("delta.enableChangeDataFeed", "true")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                sources: [{name: a, path: "${warehouse}/a", key: [id]}]
                results:
                  - {name: r, key: [id], query: "SELECT * FROM a /*+ OPTIONS('scan.end-version' = '0') */"}
                """);
    }

    @Test
    void hintsAreRefused() {
        assertThatThrownBy(() -> plan(Map.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("pipeline.yaml")
                .hasMessageContaining("The 'OPTIONS' hint is allowed only when");
    }

    @Test
    void hintsAreRefusedWhateverTheProfileAllows() {
        assertThatThrownBy(() -> plan(Map.of("table.dynamic-table-options.enabled", "true")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "p: cannot be planned with 'table.dynamic-table-options.enabled' = 'true'");
    }

    private void plan(Map<String, String> settings) {
        new PipelinePlanner(
                        BoundPipeline.bind(PipelineReader.read(folder), Map.of(), folder, folder),
                        new SessionFactory(
                                SessionProfile.of("refresh").with("test", settings),
                                new ClusterTarget.Embedded(),
                                folder))
                .plan();
    }
}
