package io.millrace.pipeline.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineReaderTest {
    @TempDir private Path folder;

    private PipelineDefinition read(String yaml) throws IOException {
        Files.writeString(folder.resolve("pipeline.yaml"), yaml);
        return PipelineReader.read(folder);
    }

    @Test
    void readsSourcesScriptsAndResults() throws IOException {
        Files.writeString(folder.resolve("v.sql"), "CREATE VIEW v AS SELECT 1");
        PipelineDefinition pipeline =
                read(
                        """
                        name: orders
                        params:
                          - {name: base, description: where the tables lie, default: data}
                        sources:
                          - name: orders
                            path: ${base}/orders
                            key: [order_id]
                        sql: v.sql
                        """
                                        .replace("sql: v.sql", "sql: [v.sql]")
                                + """
                                results:
                                  - name: copy
                                    key: order_id
                                    partition-by: [currency]
                                    query: |
                                      SELECT *
                                      FROM orders
                                    options: {sink.deletion-vectors: false}
                                    write:
                                      file-size: 64 mb
                                      bloom-filters: ["order_id:0.001:1000", currency]
                                      features: [column-mapping]
                                      properties: {delta.logRetentionDuration: interval 7 days}
                                  - {name: other, view: v}
                                prepare: {step: extract}
                                """);
        assertThat(pipeline.name()).isEqualTo("orders");
        assertThat(pipeline.params().get(0).defaultValue()).hasValue("data");
        assertThat(pipeline.sources().get(0).key()).containsExactly("order_id");
        assertThat(pipeline.scripts().get(0).text()).startsWith("CREATE VIEW v");
        assertThat(pipeline.results())
                .extracting(ResultDefinition::name)
                .containsExactly("copy", "other");
        assertThat(pipeline.results().get(0).key()).isEqualTo(List.of("order_id"));
        assertThat(pipeline.results().get(0).options())
                .containsEntry("sink.deletion-vectors", "false")
                .containsEntry("sink.file-size", "64 mb")
                .containsEntry("sink.bloom-filters", "order_id:0.001:1000,currency")
                .containsEntry("sink.features", "column-mapping")
                .containsEntry("sink.properties.delta.logRetentionDuration", "interval 7 days");
        assertThat(pipeline.results().get(1).query().text()).isEqualTo("SELECT * FROM `v`");
        assertThat(pipeline.prepare()).hasValue("extract");
    }

    private SourceDefinition source(String more) throws IOException {
        return read("""
                name: p
                sources:
                  - name: orders
                    path: s3a://lake/orders
                %s
                results: [{name: r, query: SELECT * FROM orders}]
                """
                        .formatted(more.indent(4).stripTrailing()))
                .sources()
                .get(0);
    }

    @Test
    void readsWhatIsSaidOfColumnsAndStorage() throws IOException {
        SourceDefinition source =
                source(
                        """
                        projection:
                          total: {from: amount, type: "DECIMAL(22, 2)", default: 0.00, default-for: "null"}
                        storage:
                          fs.s3a.endpoint: http://localhost:9000
                        """);

        assertThat(source.projection().asTableOptions())
                .containsEntry("projection.total.from", "amount")
                .containsEntry("projection.total.default", "0.00")
                .containsEntry("projection.total.default-for", "null");
        assertThat(source.storage().asTableOptions())
                .containsEntry("storage.fs.s3a.endpoint", "http://localhost:9000");
    }

    @Test
    void refusesCredentialsAndUnknownPropertiesOfColumns() {
        assertThatThrownBy(() -> source("storage: {fs.s3a.secret.key: do-not-show-me}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot take the credential 'storage.fs.s3a.secret.key'")
                .hasMessageNotContaining("do-not-show-me");
        assertThatThrownBy(() -> source("projection: {total: {form: amount}}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unknown key 'form'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "name: p\\nresult: []|pipeline.yaml:2:1: unknown key 'result'",
                "name: p\\nresults: [{name: r, view: v, colour: red}]|:2:30: unknown key 'colour'",
                "name: p\\nresults: [{name: r}]|:2:11: a result needs exactly one of query, view and file",
                "name: p\\nresults: [{name: r, view: v}, {name: r, view: w}]|the name 'r' is used twice",
                "name: ../p\\nresults: [{name: r, view: v}]|:1:7: '../p' is not a name",
                "name: p\\nresults: [{name: r, view: v; DROP}]|'v; DROP' is not the name of a view",
                "name: p\\nresults: [{name: r, file: ../../x.sql}]|lies outside the pipeline's folder",
                "name: p\\nresults: [{name: r, file: x.sql}]|there is no file 'x.sql'",
                "name: p\\nresults: [{name: r, view: v, options: {path: /x}}]|does not start with sink.",
                "name: p\\nresults: [{name: r, view: v, write: {size: 1}}]|'write' has no 'size': it has [change-feed,",
                "name: p\\nresults: []|a pipeline needs at least one result",
                "name: p\\nname: q|Duplicate",
                "name: &a p\\nresults: [{name: *a, view: v}]|anchor or alias",
                "- a|must be a mapping",
                "name: [p]|'name' must be one value",
                "name:|'' is not a name",
                "name: p\\n---\\nname: q|second document",
                "params: [{name: warehouse}]\\nname: p|the parameter name 'warehouse' is taken",
                "name: 'p|pipeline.yaml:1"
            })
    void whatIsWrongIsRefusedWithItsPlace(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("pipeline.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void aLinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.sql"), "SELECT 1");
        Files.createSymbolicLink(folder.resolve("x.sql"), secret);
        assertThatThrownBy(() -> read("name: p\nresults: [{name: r, file: x.sql}]"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("links to outside");
    }
}
