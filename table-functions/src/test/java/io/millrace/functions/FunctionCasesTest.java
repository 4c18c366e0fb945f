package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every line of {@code functions/cases.txt}, and of {@code functions/matrix.txt}: nulls, Unicode
 * and types for each function.
 */
class FunctionCasesTest {

    private record Case(String expression, String expected) {

        static Case of(String line) {
            int arrow = line.lastIndexOf(" => ");
            return new Case(line.substring(0, arrow), line.substring(arrow + 4));
        }
    }

    /** So many in one query: the code that the planner makes of it must not grow too large. */
    private static final int TOGETHER = 120;

    @TestFactory
    Stream<DynamicTest> gives_the_value_of_the_case() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : new String[] {"cases.txt", "matrix.txt"}) {
            List<Case> all = cases(file);
            for (int from = 0; from < all.size(); from += TOGETHER) {
                List<Case> some = all.subList(from, Math.min(from + TOGETHER, all.size()));
                Row actual = evaluate(some);
                for (int i = 0; i < some.size(); i++) {
                    tests.add(test(some.get(i), String.valueOf(actual.getField(i))));
                }
            }
        }
        return tests.stream();
    }

    private static DynamicTest test(Case one, String actual) {
        return DynamicTest.dynamicTest(
                one.expression(), () -> assertThat(actual).isEqualTo(text(one)));
    }

    private static String text(Case one) {
        return one.expected().equals("NULL") ? "null" : one.expected();
    }

    private static Row evaluate(List<Case> cases) throws Exception {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("parallelism.default", "1");
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        String select =
                cases.stream()
                        .map(c -> "CAST((" + c.expression() + ") AS STRING)")
                        .collect(Collectors.joining(",\n", "SELECT ", ""));
        try (CloseableIterator<Row> rows = env.executeSql(select).collect()) {
            return rows.next();
        }
    }

    private static List<Case> cases(String file) throws IOException {
        try (InputStream in = FunctionCasesTest.class.getResourceAsStream("/functions/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" => ") && !line.startsWith("#"))
                    .map(Case::of)
                    .toList();
        }
    }
}
