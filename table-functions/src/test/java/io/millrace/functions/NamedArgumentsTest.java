package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

/** What holds of arguments by name beyond the cases. */
class NamedArgumentsTest {

    private final TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    NamedArgumentsTest() {
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.executeSql(
                "CREATE TEMPORARY VIEW t AS SELECT * FROM (VALUES (1, 'x', true)) AS v(k, s, b)");
    }

    @Test
    void names_that_are_reserved_words_need_quotes_and_the_readme_says_which() {
        Set<String> reserved = new TreeSet<>();
        for (FunctionEntry entry : FunctionRegistry.standard().entries()) {
            FunctionDescription function = entry.description();
            if (function.named()) {
                function.arguments().stream()
                        .map(ArgumentDescription::name)
                        .filter(name -> !parses(function.name() + "(" + name + " => NULL)"))
                        .forEach(reserved::add);
            }
        }
        assertThat(reserved).isEqualTo(FunctionReference.RESERVED);
    }

    private boolean parses(String call) {
        try {
            env.sqlQuery("SELECT " + call);
            return true;
        } catch (SqlParserException e) {
            return false;
        } catch (ValidationException e) {
            return true;
        }
    }

    @Test
    void nullability_is_that_of_the_values_given_also_by_name() {
        assertThat(type("stable_hash64(s => s)")).isEqualTo("BIGINT NOT NULL");
        assertThat(type("stable_hash64(s => NULLIF(s, 'x'))")).isEqualTo("BIGINT");
        assertThat(type("prefixed_hash64(s => s, prefix => 'p')")).isEqualTo("STRING NOT NULL");
        assertThat(type("interval_align_score(ls => k, le => k, rs => k, re => k)"))
                .isEqualTo("DOUBLE NOT NULL");
    }

    @Test
    void names_the_function_does_not_have_are_refused() {
        assertThatThrownBy(() -> env.sqlQuery("SELECT stable_hash64(text => s) FROM t"))
                .isInstanceOf(ValidationException.class);
    }

    private String type(String call) {
        return env
                .sqlQuery("SELECT " + call + " FROM t")
                .getResolvedSchema()
                .getColumnDataTypes()
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining());
    }
}
