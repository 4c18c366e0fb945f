package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.write.WriteSpec;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of columns, from declarations and from tables, through the queries of a pipeline. */
class ColumnKindsTest {

    @TempDir private Path folder;

    @BeforeEach
    void tables() throws Exception {
        create("nodes", WriteSpec.of(at("nodes"), row("id", "name"), List.of("id")));
        create(
                "edges",
                WriteSpec.of(at("edges"), row("id", "src", "dst"), List.of("id"))
                        .withColumnKinds(
                                Map.of("id", "edge_id", "src", "node_id", "dst", "node_id")));
    }

    private String at(String table) {
        return folder.resolve(table).toString();
    }

    private void create(String table, WriteSpec spec) throws Exception {
        DeltaTable.at(at(table))
                .create(
                        spec.definition(),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
    }

    private static RowType row(String... columns) {
        LogicalType[] types = new LogicalType[columns.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = i == 0 ? VarCharType.STRING_TYPE.copy(false) : VarCharType.STRING_TYPE;
        }
        return RowType.of(types, columns);
    }

    private String plan(String query, String kinds) throws Exception {
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                kinds: [person]
                sources:
                  - {name: nodes, path: "${warehouse}/nodes", kinds: {id: node_id, name: symbol}}
                  - {name: edges, path: "${warehouse}/edges"}
                results:
                  - {name: r, key: [id], kinds: {%s}, query: "%s"}
                """
                        .formatted(kinds, query));
        return new PipelinePlanner(
                        BoundPipeline.bind(PipelineReader.read(folder), Map.of(), folder, folder),
                        new SessionFactory(
                                SessionProfile.of("refresh"), new ClusterTarget.Embedded(), folder))
                .plan()
                .planId();
    }

    @Test
    void columnsOfATableKeepTheirKinds() {
        assertThat(DeltaTable.at(at("edges")).snapshot().metadata().columnKinds())
                .isEqualTo(Map.of("id", "edge_id", "src", "node_id", "dst", "node_id"));
        assertThat(DeltaTable.at(at("edges")).snapshot().metadata().properties())
                .doesNotContainKey("millrace.kind.id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT e.id, n.name FROM edges e JOIN nodes n ON e.src = n.id",
                "SELECT id, MAX(name) AS name FROM nodes GROUP BY id",
                "SELECT id, 'x' AS x FROM edges WHERE src = 'a' AND id <> 'b'",
                "SELECT src AS id, COUNT(*) AS c FROM edges WHERE src <> dst GROUP BY src",
            })
    void whatFitsIsPlanned(String query) throws Exception {
        assertThat(plan(query, "")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT e.id FROM edges e JOIN nodes n ON e.id = n.id | edges.id (edge_id) is compared with nodes.id (node_id)",
                "SELECT id FROM edges WHERE id = src | edges.id (edge_id) is compared with edges.src (node_id)",
                "SELECT id FROM nodes WHERE id IN (SELECT id FROM edges) | nodes.id (node_id) is compared with edges.id (edge_id)",
                "SELECT id FROM nodes UNION SELECT id FROM edges | column 'id' would hold both nodes.id (node_id) and edges.id (edge_id)",
                "SELECT COALESCE(src, id) AS id FROM edges | would hold both",
                "SELECT n.id FROM (SELECT MAX(id) AS id FROM edges) AS e JOIN nodes n ON n.id = e.id | is compared with",
                "SELECT id FROM nodes WHERE qname_normalize(id) = 'x' | qname_normalize takes a symbol as 'symbol', but is given nodes.id (node_id)",
                "SELECT id FROM nodes WHERE id = qname_normalize(name) | nodes.id (node_id) is compared with qname_normalize() (symbol)",
            })
    void whatDoesNotFitIsRefusedAndNamesTheColumns(String query, String message) {
        assertThatThrownBy(() -> plan(query, ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("r: cannot be planned: ")
                .hasMessageContaining(message);
    }

    @Test
    void declarationsOfResultsAreChecked() throws Exception {
        String query = "SELECT id, src AS node FROM edges";
        assertThat(plan(query, "node: node_id")).isNotBlank();
        assertThatThrownBy(() -> plan(query, "node: person"))
                .hasMessageContaining("column 'node' is declared a person, but its query gives a");
        assertThatThrownBy(() -> plan(query, "other: person"))
                .hasMessageContaining("a kind is declared for 'other', which is not one of its");
        assertThatThrownBy(() -> plan(query, "node: nobody"))
                .hasMessageContaining("there is no kind 'nobody'");
    }
}
