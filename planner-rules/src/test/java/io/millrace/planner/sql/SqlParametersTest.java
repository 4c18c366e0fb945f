package io.millrace.planner.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlParametersTest {
    private static String bound(String sql, SqlParameter... parameters) {
        return SqlScript.parseSingle(
                        new SqlSource("q.sql", 1, sql),
                        StatementGate.QUERY,
                        SqlParameters.of(List.of(parameters)))
                .text();
    }

    private static SqlParameter text(String value) {
        return SqlParameter.of("p", value);
    }

    private static final List<String> HOSTILE =
            List.of(
                    "it's",
                    "' OR '1' = '1",
                    "'; DROP TABLE t; --",
                    "x' UNION ALL SELECT password FROM users --",
                    "/* comment */",
                    "*/ ; ADD JAR 'x' /*",
                    ":p",
                    "?",
                    "`t`",
                    "\\",
                    "\\'; DROP TABLE t",
                    "two\nlines'; DROP TABLE t",
                    "tab\tand \\0041 U&'x'",
                    "",
                    "näïve 漢字",
                    "$'; -- //");

    @Test
    void anyTextStaysOneValue() {
        StringBuilder query = new StringBuilder("SELECT ':p0' AS a, `:p0` AS b");
        List<SqlParameter> parameters = new ArrayList<>();
        for (String value : HOSTILE) {
            assertThat(StatementSplitter.split(bound("SELECT :p -- :p\n, ':p'", text(value))))
                    .hasSize(1);
            String name = "p" + parameters.size();
            query.append(", CAST(:" + name + " AS STRING) AS " + name);
            parameters.add(SqlParameter.of(name, value));
        }
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        String echo =
                bound(
                        query + " FROM (VALUES (1)) AS t(`:p0`) /* :p0 */ -- :p0",
                        parameters.toArray(SqlParameter[]::new));
        Row row = tables.executeSql(echo).collect().next();

        for (int i = 0; i < HOSTILE.size(); i++) {
            assertThat(row.getField("p" + i)).isEqualTo(HOSTILE.get(i));
        }
        assertThat(row.getField("a")).isEqualTo(":p0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "STRING | x | 'x'",
                "BOOLEAN | true | TRUE",
                "INT | 42 | 42",
                "bigint | -9000000000 | (-9000000000)",
                "DOUBLE | 1.5 | CAST('1.5' AS DOUBLE)",
                "DECIMAL(5, 2) | 1.50 | CAST('1.50' AS DECIMAL(5, 2))",
                "DATE | 2026-01-31 | DATE '2026-01-31'",
                "TIMESTAMP | 2026-01-31T01:02:03.5 | TIMESTAMP '2026-01-31 01:02:03.500000'",
            })
    void valuesHaveTypes(String type, String value, String literal) {
        assertThat(bound("SELECT a FROM t WHERE a = :p", SqlParameter.of("p:" + type, value)))
                .isEqualTo("SELECT a FROM t WHERE a = " + literal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT | 1; DROP TABLE t",
                "INT | 3000000000",
                "BIGINT | 1 OR 1",
                "BOOLEAN | TRUE OR TRUE",
                "DOUBLE | NaN",
                "DECIMAL(5, 2) | 1.505",
                "DECIMAL(3, 2) | 10",
                "DATE | 2026-02-30",
                "TIMESTAMP | now",
                "DATE) OR (TRUE | 2026-01-01",
                "ROW<a INT> | 1",
            })
    void aValueThatIsNotOfItsTypeIsRefused(String type, String value) {
        assertThatThrownBy(() -> new SqlParameter("p", type, value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aParameterIsNoName() {
        assertThatThrownBy(() -> bound("SELECT a FROM :p", text("t")))
                .isInstanceOf(SqlProblemsException.class)
                .hasMessageContaining("q.sql:1:15");
        assertThatThrownBy(() -> bound("SELECT DATE :p", text("2026-01-01")))
                .isInstanceOf(SqlProblemsException.class);
        assertThatThrownBy(() -> bound("SELECT ? FROM t", text("x")))
                .hasMessageContaining("'?' has no value");
    }

    @Test
    void unknownParametersAreNamedWithTheirPlaces() {
        assertThatThrownBy(() -> bound("SELECT :a,\n  :b, :p FROM t", text("x")))
                .isInstanceOfSatisfying(
                        SqlProblemsException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(SqlProblem::toString)
                                        .containsExactly(
                                                "q.sql:1:8: there is no parameter ':a'; known are [p].",
                                                "q.sql:2:3: there is no parameter ':b'; known are [p]."));
    }

    @Test
    void numbersCanLimit() {
        assertThat(bound("SELECT a FROM t LIMIT :p", SqlParameter.of("p:INT", "3")))
                .endsWith("LIMIT 3");
        assertThat(bound("SELECT a -:p FROM t", SqlParameter.of("p:INT", "-3")))
                .isEqualTo("SELECT a -(-3) FROM t");
    }

    @Test
    void theCanonicalFormIsTheSameForTheSameStatement() {
        SqlStatement one =
                SqlScript.parseSingle(
                        new SqlSource("a.sql", 1, "select a /* x */\n from t where b=1;"),
                        StatementGate.QUERY);
        SqlStatement other =
                SqlScript.parseSingle(
                        new SqlSource("b.sql", 9, "SELECT `a` FROM t -- y\nWHERE b = 1"),
                        StatementGate.QUERY);
        assertThat(SqlScript.canonical(one))
                .isEqualTo(SqlScript.canonical(other))
                .isEqualTo("SELECT `a`\nFROM `t`\nWHERE `b` = 1");
    }
}
