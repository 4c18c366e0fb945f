package io.millrace.planner.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindTest {
    private static final StatementGate ALL =
            new StatementGate("a script", EnumSet.allOf(StatementKind.class));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "SELECT 1 | QUERY",
                "VALUES (1), (2) | QUERY",
                "WITH a AS (SELECT 1) SELECT * FROM a | QUERY",
                "SELECT 1 UNION ALL SELECT 2 | QUERY",
                "SELECT a FROM t ORDER BY a LIMIT 3 | QUERY",
                "EXECUTE SELECT 1 | QUERY",
                "EXECUTE INSERT INTO a SELECT 1 | INSERT",
                "EXPLAIN SELECT 1 | EXPLAIN",
                "EXPLAIN CHANGELOG_MODE INSERT INTO a SELECT 1 | EXPLAIN",
                "SHOW TABLES | SHOW",
                "SHOW CREATE TABLE a | SHOW",
                "SHOW JARS | SHOW",
                "DESCRIBE a | SHOW",
                "DESCRIBE CATALOG a | SHOW",
                "USE a | USE",
                "USE CATALOG a | USE",
                "USE MODULES a | MODULE",
                "LOAD MODULE a | MODULE",
                "UNLOAD MODULE a | MODULE",
                "SET 'a' = 'b' | SET",
                "SET | SET",
                "RESET 'a' | SET",
                "CALL sys.f(a => 1) | CALL",
                "INSERT INTO a SELECT 1 | INSERT",
                "INSERT OVERWRITE a SELECT 1 | INSERT",
                "UPDATE a SET b = 1 | UPDATE",
                "DELETE FROM a WHERE b = 1 | DELETE",
                "TRUNCATE TABLE a | TRUNCATE",
                "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; END | INSERT",
                "CREATE TABLE a (x INT) | CREATE_TABLE",
                "CREATE TEMPORARY TABLE a (x INT) | CREATE_TABLE",
                "CREATE TABLE a LIKE b | CREATE_TABLE",
                "CREATE TABLE a AS SELECT 1 | CREATE_TABLE_AS",
                "ALTER TABLE a RENAME TO b | ALTER_TABLE",
                "ALTER TABLE a ADD c INT | ALTER_TABLE",
                "ALTER TABLE a ADD PARTITION (p = 1) | ALTER_TABLE",
                "DROP TABLE a | DROP_TABLE",
                "ANALYZE TABLE a COMPUTE STATISTICS | ANALYZE",
                "CREATE VIEW a AS SELECT 1 | CREATE_VIEW",
                "CREATE TEMPORARY VIEW a AS SELECT 1 | CREATE_TEMPORARY_VIEW",
                "ALTER VIEW a RENAME TO b | ALTER_VIEW",
                "DROP VIEW a | DROP_VIEW",
                "CREATE DATABASE a | DATABASE",
                "DROP DATABASE a | DATABASE",
                "CREATE CATALOG a WITH ('type' = 'jdbc') | CATALOG",
                "DROP CATALOG a | CATALOG",
                "CREATE TEMPORARY FUNCTION f AS 'a.B' | FUNCTION",
                "CREATE FUNCTION f AS 'a.B' USING JAR 'x.jar' | FUNCTION",
                "ADD JAR 'x.jar' | JAR",
                "REMOVE JAR 'x.jar' | JAR",
                "COMPILE PLAN 'p' FOR INSERT INTO a SELECT 1 | PLAN",
                "EXECUTE PLAN 'p' | PLAN",
                "STOP JOB 'a' | JOB",
                "CREATE MODEL m WITH ('provider' = 'x') | MODEL",
            })
    void everyStatementHasItsKind(String sql, StatementKind kind) {
        if (sql.contains(";")) {
            // Statement sets hold semicolons; scripts are cut there.
            assertThat(StatementKinds.of(SqlScript.parse("s.sql", 1, 1, sql))).isEqualTo(kind);
            return;
        }
        assertThat(SqlScript.parse(new SqlSource("s.sql", 1, sql), ALL))
                .extracting(SqlStatement::kind)
                .containsExactly(kind);
    }

    @Test
    void kindsAndGroupsHaveNames() {
        assertThat(StatementKind.ofNames(List.of("query", "dml")))
                .containsExactlyInAnyOrder(
                        StatementKind.QUERY,
                        StatementKind.INSERT,
                        StatementKind.UPDATE,
                        StatementKind.DELETE,
                        StatementKind.TRUNCATE);
        assertThat(StatementKind.ofNames(List.of("all")))
                .containsExactlyInAnyOrder(StatementKind.values());
        assertThatThrownBy(() -> StatementKind.ofNames(List.of("jars")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("statement kind 'jars' is not known");
    }

    @Test
    void allProblemsOfAScriptAreReportedAtOnce() {
        StatementGate gate = new StatementGate("a script", EnumSet.of(StatementKind.QUERY));
        assertThatThrownBy(
                        () ->
                                SqlScript.parse(
                                        new SqlSource(
                                                "s.sql",
                                                1,
                                                "ADD JAR 'x';\nSELECT 1;\n  SELCT 2;\nSET 'a' = 'b';"),
                                        gate))
                .isInstanceOfSatisfying(
                        SqlProblemsException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(p -> p.line() + ":" + p.column())
                                        .containsExactly("1:1", "3:3", "4:1"))
                .hasMessageContaining("s.sql:1:1: a script may hold only a query, but here is ADD")
                .hasMessageContaining("s.sql:4:1:");
    }
}
