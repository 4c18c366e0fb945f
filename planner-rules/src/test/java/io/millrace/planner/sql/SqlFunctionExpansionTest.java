package io.millrace.planner.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlFunctionExpansionTest {

    private static SqlFunctionDefinition function(
            String name, String expression, String... arguments) {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            types.put(arguments[i], arguments[i + 1]);
        }
        return new SqlFunctionDefinition("p.yaml:3:5", name, types, expression);
    }

    private static String expand(String sql, SqlFunctionDefinition... functions) {
        SqlStatement statement =
                SqlScript.parseSingle(new SqlSource("v.sql", 1, sql), StatementGate.QUERY);
        return new SqlFunctionExpansion(List.of(functions)).expand(statement).padded();
    }

    @Test
    void a_call_becomes_the_expression_with_arguments_cast() {
        assertThat(
                        expand(
                                "SELECT a, plus(a, (b) + 1) AS s\nFROM t WHERE PLUS(1, 2) > 3",
                                function("plus", "x + y * 2", "x", "BIGINT", "y", "INT")))
                .isEqualTo(
                        "SELECT a, (CAST(`a` AS BIGINT) + CAST(`b` + 1 AS INTEGER) * 2) AS s\n"
                                + "FROM t WHERE (CAST(1 AS BIGINT) + CAST(2 AS INTEGER) * 2) > 3");
    }

    @Test
    void functions_may_call_each_other_and_themselves_in_arguments() {
        assertThat(
                        expand(
                                "SELECT twice(twice(a)) FROM t",
                                function("twice", "twin(x, x)", "x", "INT"),
                                function("twin", "x + y", "x", "INT", "y", "INT")))
                .doesNotContain("twice")
                .doesNotContain("twin")
                .contains("CAST(`a` AS INTEGER)");
    }

    @Test
    void statements_without_calls_stay_as_they_are() {
        assertThat(expand("SELECT  a FROM t", function("f", "x", "x", "INT")))
                .isEqualTo("SELECT  a FROM t");
    }

    @Test
    void what_cannot_be_expanded_is_refused_with_its_place() {
        assertRefused("p.yaml:3:5: function 'f' names 'z'", function("f", "x + z", "x", "INT"));
        assertRefused("holds a query", function("f", "(SELECT 1)", "x", "INT"));
        assertRefused(
                "is defined by itself",
                function("f", "g(x)", "x", "INT"),
                function("g", "f(x)", "x", "INT"));
        assertRefused("p.yaml:3:5:", function("f", "x +", "x", "INT"));
        assertRefused("v.sql:1:1: f takes [x, y]", function("f", "x", "x", "INT", "y", "INT"));
    }

    private static void assertRefused(String message, SqlFunctionDefinition... functions) {
        assertThatThrownBy(() -> expand("SELECT f(1) FROM t", functions))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }
}
