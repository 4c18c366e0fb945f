package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the planner knows of a call: its type with nullability, and what it computes itself. */
class PlannerViewTest {

    /** Flink evaluates these when planned only where it can write their result as a literal. */
    private static final Set<String> NESTED_RESULTS =
            Set.of(
                    "canonicalize_byte_span",
                    "list_compact",
                    "list_unique_sorted",
                    "map_normalize",
                    "span_make",
                    "struct_pick");

    private final TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    PlannerViewTest() {
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.executeSql(
                """
                CREATE TEMPORARY TABLE t (
                  s STRING, sn STRING NOT NULL, i BIGINT, n BIGINT NOT NULL, k INT NOT NULL,
                  d DECIMAL(9, 2), b BOOLEAN, bn BOOLEAN NOT NULL,
                  a ARRAY<INT>, an ARRAY<STRING NOT NULL> NOT NULL,
                  m MAP<STRING, INT>, mn MAP<STRING NOT NULL, INT NOT NULL> NOT NULL,
                  r ROW<bstart BIGINT, bend BIGINT>,
                  rn ROW<bstart BIGINT NOT NULL, bend BIGINT NOT NULL> NOT NULL
                ) WITH ('connector' = 'datagen', 'number-of-rows' = '1')
                """);
    }

    /** Lines {@code call => type}, over columns that may be null and columns that may not. */
    @TestFactory
    Stream<DynamicTest> types_and_nullability_are_as_declared() throws IOException {
        List<String> lines = lines();
        Set<String> missing = new TreeSet<>(FunctionRegistry.standard().names());
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            int arrow = line.lastIndexOf(" => ");
            String call = line.substring(0, arrow);
            missing.remove(call.substring(0, call.indexOf('(')));
            tests.add(
                    DynamicTest.dynamicTest(
                            call,
                            () -> assertThat(type(call)).isEqualTo(line.substring(arrow + 4))));
        }
        assertThat(missing).as("functions without a line").isEmpty();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> calls_of_literals_are_computed_when_planned() {
        return FunctionRegistry.standard().entries().stream()
                .filter(entry -> entry.description().kind() == FunctionKind.SCALAR)
                .flatMap(
                        entry ->
                                entry.description().examples().stream()
                                        .map(e -> foldsAway(entry.name(), e.expression())));
    }

    private DynamicTest foldsAway(String function, String expression) {
        return DynamicTest.dynamicTest(
                expression,
                () -> {
                    String plan = plan("SELECT " + expression + " FROM t");
                    if (NESTED_RESULTS.contains(function)) {
                        assertThat(plan).contains(function + "(");
                    } else {
                        assertThat(plan).doesNotContain(function + "(");
                    }
                });
    }

    @Test
    void what_is_computed_when_planned_prunes_the_query() {
        assertThat(plan("SELECT s FROM t WHERE cdf_is_delete('insert')"))
                .contains("Values")
                .doesNotContain("TableSourceScan");
        assertThat(plan("SELECT s FROM t WHERE span_len(span_make(1, 5)) = i"))
                .contains("(4 = i)")
                .doesNotContain("span_make");
    }

    @Test
    void a_call_that_appears_twice_is_the_same_call() {
        assertThat(plan("SELECT stable_hash64(s) - stable_hash64(s), stable_hash64(s) FROM t"))
                .contains("stable_hash64(s)");
        assertThat(
                        FunctionRegistry.standard().entries().stream()
                                .filter(entry -> !entry.isDeterministic()))
                .isEmpty();
    }

    private String plan(String query) {
        String explained = env.explainSql(query);
        return explained.substring(explained.indexOf("== Optimized Execution Plan =="));
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

    private static List<String> lines() throws IOException {
        try (InputStream in = PlannerViewTest.class.getResourceAsStream("/functions/types.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" => "))
                    .toList();
        }
    }
}
