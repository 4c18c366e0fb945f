package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.planner.sql.SqlProblem;
import io.millrace.planner.sql.SqlProblemsException;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir private Path folder;

    @BeforeEach
    void aTable() throws Exception {
        DeltaTable.at(folder.resolve("a").toString())
                .create(
                        new TableDefinition(
                                new StructType()
                                        .add("id", LongType.LONG, false)
                                        .add("name", StringType.STRING),
                                List.of(),
                                Map.of("delta.enableChangeDataFeed", "true")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: p
                params:
                  - {name: wanted, type: BIGINT, default: "7"}
                  - {name: who, default: nobody}
                sources: [{name: a, path: "${warehouse}/a", key: [id]}]
                sql: [v.sql]
                results:
                  - {name: r, key: [id], query: "SELECT * FROM v"}
                """);
    }

    private List<CheckedStatement> check(String views, Map<String, String> params)
            throws IOException {
        Files.writeString(folder.resolve("v.sql"), views);
        BoundPipeline pipeline =
                BoundPipeline.bind(PipelineReader.read(folder), params, folder, folder);
        return PipelineTranslator.check(
                pipeline,
                PipelineStatements.parse(pipeline.definition(), pipeline.sqlParameters()),
                new SessionFactory(
                                SessionProfile.of("refresh"), new ClusterTarget.Embedded(), folder)
                        .openForPlanning());
    }

    @Test
    void everyStatementIsResolvedWithItsTypesAndInOneForm() throws Exception {
        List<CheckedStatement> statements =
                check(
                        "create view v as -- all\nselect id, name from a where id > :wanted",
                        Map.of());

        assertThat(statements).extracting(CheckedStatement::name).containsExactly("v", "r");
        assertThat(statements.get(0).canonical())
                .isEqualTo("CREATE VIEW `v`\nAS\nSELECT `id`, `name`\nFROM `a`\nWHERE `id` > 7");
        assertThat(statements.get(1).columns())
                .isEqualTo(Map.of("id", "BIGINT NOT NULL", "name", "STRING"));
    }

    @Test
    void allProblemsAreReportedAtOnceWithTheirPlaces() {
        String views =
                """
                CREATE VIEW u AS SELECT nope FROM a;
                CREATE VIEW w AS SELECT id FROM
                  elsewhere;
                CREATE VIEW x AS SELECT * FROM u;
                CREATE VIEW y AS SELECT id + name FROM a;
                CREATE VIEW v AS SELECT id, name FROM a WHERE name = :who;
                SET 'a' = 'b';
                CREATE VIEW a AS SELECT 1 AS b;
                CREATE VIEW z AS SELECT :wont FROM a;
                """;
        assertThatThrownBy(() -> check(views, Map.of()))
                .isInstanceOf(SqlProblemsException.class)
                .hasMessageContaining("v.sql:7:1: a script of a pipeline may hold only")
                .hasMessageContaining("v.sql:9:25: there is no parameter ':wont'");
        // What parses is looked at once the rest does.
        String parsed = views.lines().limit(6).reduce("", (a, b) -> a + "\n" + b);
        assertThatThrownBy(() -> check(parsed, Map.of()))
                .isInstanceOfSatisfying(
                        SqlProblemsException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(SqlProblem::line)
                                        .containsExactly(2, 4, 6));
    }

    @Test
    void aValueOfAParameterIsNoSql() throws Exception {
        String view = "CREATE VIEW v AS SELECT id, name FROM a WHERE name = :who";
        String value = "x' OR '1' = '1'; DROP TABLE a; --";
        assertThat(check(view, Map.of("who", value)).get(0).canonical())
                .contains("`name` = 'x'' OR ''1'' = ''1''; DROP TABLE a; --'");
        assertThatThrownBy(() -> check(view, Map.of("wanted", "7 OR 1 = 1")))
                .isInstanceOf(MissingParameterException.class)
                .hasMessageContaining("parameter 'wanted': '7 OR 1 = 1' is no BIGINT");
    }
}
