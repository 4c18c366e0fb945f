package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Every example of the documentation, through SQL, all in one query. */
class FunctionExamplesTest {

    private record Documented(String function, FunctionExample example) {}

    @TestFactory
    Stream<DynamicTest> the_documentation_is_true() throws Exception {
        List<Documented> examples =
                FunctionRegistry.standard().entries().stream()
                        .flatMap(
                                entry ->
                                        entry.description().examples().stream()
                                                .map(e -> new Documented(entry.name(), e)))
                        .toList();
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        String query =
                examples.stream()
                        .map(one -> "CAST(" + one.example().expression() + " AS STRING)")
                        .collect(Collectors.joining(",\n", "SELECT ", ""));
        Row row;
        try (CloseableIterator<Row> rows = env.executeSql(query).collect()) {
            row = rows.next();
        }
        return IntStream.range(0, examples.size())
                .mapToObj(i -> test(examples.get(i), String.valueOf(row.getField(i))));
    }

    private static DynamicTest test(Documented documented, String actual) {
        FunctionExample example = documented.example();
        String expected = example.result().equals("NULL") ? "null" : example.result();
        return DynamicTest.dynamicTest(
                example.sql(),
                () -> {
                    assertThat(actual).isEqualTo(expected);
                    assertThat(example.sql()).contains(documented.function() + "(");
                });
    }
}
