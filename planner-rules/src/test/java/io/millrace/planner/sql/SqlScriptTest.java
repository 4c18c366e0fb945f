package io.millrace.planner.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    private static List<SqlStatement> parse(String text) {
        return SqlScript.parse(new SqlSource("v.sql", 1, text), StatementGate.PIPELINE_SCRIPT);
    }

    @Test
    void cutsAtSemicolonsOutsideQuotesAndComments() {
        List<SqlStatement> statements =
                parse(
                        """
                        -- one; not two
                        CREATE TEMPORARY VIEW a AS SELECT ';' AS `x;y` FROM t; /* ; */
                          CREATE VIEW b AS SELECT 'it''s; fine' AS z FROM a;
                        """);
        assertThat(statements).extracting(s -> s.name().orElseThrow()).containsExactly("a", "b");
        assertThat(statements.get(1).position()).isEqualTo("v.sql:3:3");
        assertThat(statements.get(1).kind()).isEqualTo(StatementKind.CREATE_VIEW);
    }

    @Test
    void namesTheTablesOfFromClauses() {
        SqlStatement statement =
                parse(
                                """
                                CREATE VIEW v AS
                                WITH w AS (SELECT * FROM d)
                                SELECT a.x, (SELECT MAX(y) FROM e) FROM a
                                JOIN delta.`default`.b AS q ON a.x = q.x
                                LEFT JOIN (SELECT x FROM c UNION ALL SELECT x FROM w) f ON f.x = a.x
                                WHERE a.x IN (SELECT x FROM g)
                                """)
                        .get(0);
        assertThat(statement.tables()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "g");
    }

    @Test
    void syntaxErrorsNameThePlaceInTheFile() {
        assertThatThrownBy(() -> parse("CREATE VIEW a AS SELECT 1;\n\n  CREATE VIEW b AS SELCT 2;"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("v.sql:3:20: does not parse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "INSERT INTO a SELECT 1",
                "CREATE TABLE a (x INT) WITH ('connector' = 'datagen')",
                "DROP VIEW a",
                "SET 'a' = 'b'",
                "ADD JAR 'x.jar'",
                "CREATE TEMPORARY FUNCTION f AS 'a.B'",
                "EXPLAIN SELECT 1",
                "USE CATALOG a"
            })
    void onlyViewsPassTheGateOfAPipeline(String sql) {
        assertThatThrownBy(() -> parse("CREATE VIEW v AS SELECT 1;\n " + sql))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "v.sql:2:2: a script of a pipeline may hold only CREATE VIEW");
    }

    @Test
    void aResultHasOneQuery() {
        assertThat(
                        SqlScript.parseSingle(
                                        new SqlSource("p.yaml", 7, "SELECT * FROM a;"),
                                        StatementGate.QUERY)
                                .position())
                .isEqualTo("p.yaml:7:1");
        assertThatThrownBy(
                        () ->
                                SqlScript.parseSingle(
                                        new SqlSource("p.yaml", 7, "SELECT 1; SELECT 2"),
                                        StatementGate.QUERY))
                .hasMessageContaining("p.yaml:7:1: one statement is expected");
    }
}
