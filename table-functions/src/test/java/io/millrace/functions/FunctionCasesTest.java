package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every line of {@code functions/cases.txt}, through SQL, all in one query. */
class FunctionCasesTest {

    private record Case(String expression, String expected) {

        static Case of(String line) {
            int arrow = line.lastIndexOf(" => ");
            return new Case(line.substring(0, arrow), line.substring(arrow + 4));
        }
    }

    @TestFactory
    Stream<DynamicTest> gives_the_value_of_the_case() throws Exception {
        List<Case> cases = cases();
        Row actual = evaluate(cases);
        return IntStream.range(0, cases.size())
                .mapToObj(
                        i ->
                                DynamicTest.dynamicTest(
                                        cases.get(i).expression(),
                                        () ->
                                                assertThat(String.valueOf(actual.getField(i)))
                                                        .isEqualTo(text(cases.get(i)))));
    }

    private static String text(Case one) {
        return one.expected().equals("NULL") ? "null" : one.expected();
    }

    private static Row evaluate(List<Case> cases) throws Exception {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        String select =
                cases.stream()
                        .map(c -> "CAST((" + c.expression() + ") AS STRING)")
                        .collect(Collectors.joining(",\n", "SELECT ", ""));
        try (CloseableIterator<Row> rows = env.executeSql(select).collect()) {
            return rows.next();
        }
    }

    private static List<Case> cases() throws IOException {
        try (InputStream in = FunctionCasesTest.class.getResourceAsStream("/functions/cases.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" => ") && !line.startsWith("#"))
                    .map(Case::of)
                    .toList();
        }
    }
}
