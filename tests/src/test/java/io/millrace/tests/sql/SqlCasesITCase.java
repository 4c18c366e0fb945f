package io.millrace.tests.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.sql.SqlCase.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The regression cases of SQL, in sessions as users have them. {@code -Dsql.cases=write} writes
 * what came in place of what was expected; {@code -Dsql.only=TEXT} runs the cases with that text in
 * file or name.
 */
class SqlCasesITCase {

    private static final Path FOLDER = Path.of("src/test/resources/sql");
    private static final String TABLES = "tables.sql";
    private static final int AT_LEAST = 150;

    @TempDir private static Path warehouse;

    private static CaseSession batch;
    private static CaseSession streaming;

    @BeforeAll
    static void open() throws Exception {
        batch = CaseSession.batch(warehouse);
        streaming = CaseSession.streaming(warehouse);
        batch.run(placed(Files.readString(FOLDER.resolve(TABLES))));
    }

    @AfterAll
    static void close() {
        streaming.close();
        batch.close();
    }

    private static String placed(String sql) {
        return sql.replace("${warehouse}", warehouse.toString());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .filter(file -> !file.endsWith(TABLES))
                    .sorted()
                    .toList();
        }
    }

    private static List<SqlCase> cases(Path file) throws IOException {
        return SqlCase.parse(file.getFileName().toString(), Files.readAllLines(file));
    }

    @TestFactory
    List<DynamicContainer> statementsGiveWhatTheirCasesSay() throws IOException {
        String only = System.getProperty("sql.only", "");
        List<DynamicContainer> containers = new ArrayList<>();
        for (Path file : files()) {
            Edits edits = new Edits(file);
            List<DynamicTest> tests =
                    cases(file).stream()
                            .filter(each -> (each.place() + each.name()).contains(only))
                            .map(
                                    each ->
                                            DynamicTest.dynamicTest(
                                                    each.place() + " " + each.name(),
                                                    () -> run(each, edits)))
                            .toList();
            containers.add(DynamicContainer.dynamicContainer(file.getFileName().toString(), tests));
        }
        return containers;
    }

    private static void run(SqlCase each, Edits edits) throws IOException {
        CaseSession session = each.stream() ? streaming : batch;
        for (Step step : each.steps()) {
            Step placed =
                    new Step(
                            placed(step.sql()),
                            step.kind(),
                            step.line(),
                            step.expectedLines(),
                            step.rows().stream().map(SqlCasesITCase::placed).toList(),
                            step.error().map(SqlCasesITCase::placed));
            CaseOutcome outcome = CaseOutcome.of(session, placed);
            if (!outcome.fits(placed)) {
                if ("write".equals(System.getProperty("sql.cases"))) {
                    edits.replace(step, outcome.lines(step));
                    continue;
                }
                assertThat(String.join("\n", outcome.lines(placed)))
                        .as(each.place() + " " + each.name() + "\n" + step.sql() + "\n")
                        .isEqualTo(expected(placed));
            }
        }
    }

    private static String expected(Step step) {
        CaseOutcome wanted = new CaseOutcome(step.rows(), step.error());
        return String.join("\n", wanted.lines(step));
    }

    @Test
    void thereAreEnoughCases() throws IOException {
        int count = 0;
        for (Path file : files()) {
            count += cases(file).size();
        }
        assertThat(count).isGreaterThanOrEqualTo(AT_LEAST);
    }

    /** What is written in place of expectations, one file's. */
    private static final class Edits {
        private final Path file;
        private final List<List<String>> lines = new ArrayList<>();

        Edits(Path file) throws IOException {
            this.file = file;
            Files.readAllLines(file).forEach(line -> lines.add(List.of(line)));
        }

        /** The file is whole after each of them. */
        void replace(Step step, List<String> with) throws IOException {
            for (int i = 0; i < step.expectedLines(); i++) {
                lines.set(step.line() + i, List.of());
            }
            int at = step.line() + Math.max(0, step.expectedLines() - 1);
            List<String> here = new ArrayList<>(with);
            if (step.expectedLines() == 0) {
                at = step.line() - 1;
                here.add(0, lines.get(at).get(0));
            }
            lines.set(at, here);
            Files.write(file, lines.stream().flatMap(List::stream).toList());
        }
    }
}
