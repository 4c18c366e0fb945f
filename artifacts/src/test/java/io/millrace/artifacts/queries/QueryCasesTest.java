package io.millrace.artifacts.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.capture.PlanText;
import io.millrace.artifacts.capture.PlannedStages;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.LogicalPlan;
import io.millrace.artifacts.lineage.Origin;
import io.millrace.artifacts.lineage.PlanLineage;
import io.millrace.artifacts.lineage.RequiredFunction;
import io.millrace.artifacts.lineage.ResultLineage;
import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lineage against what is written down by hand in {@code *.cases}, and physical plans against the
 * texts in {@code *.plans}. {@code -Dmillrace.record-plans=true} writes the latter anew; what was
 * planned lies in {@code target/plans} after a difference.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCasesTest {
    private final Map<String, PlannedStages> planned = new HashMap<>();
    private QuerySession session;

    @BeforeAll
    void open() {
        session = QuerySession.streaming();
    }

    static Stream<QueryCase> cases() {
        return QueryCase.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void lineageIsAsWrittenByHand(QueryCase query) {
        Lineage lineage = PlanLineage.of(planned(query).logical(), FunctionRegistry.standard());
        assertThat(lines(lineage)).isEqualTo(query.lineage());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("topics")
    void plansAreAsRecorded(String topic) throws IOException {
        StringBuilder plans = new StringBuilder();
        for (QueryCase query : QueryCase.read(topic)) {
            plans.append("### ").append(query.name()).append('\n').append(plan(query));
        }
        if (Boolean.getBoolean("millrace.record-plans")) {
            Files.writeString(
                    Path.of("src/test/resources/io/millrace/artifacts/queries", topic + ".plans"),
                    plans);
            return;
        }
        String recorded = QueryCase.file(topic + ".plans");
        if (!plans.toString().equals(recorded)) {
            Path folder = Files.createDirectories(Path.of("target/plans"));
            Files.writeString(folder.resolve(topic + ".plans"), plans);
        }
        assertThat(plans.toString()).isEqualTo(recorded);
    }

    static List<String> topics() {
        return QueryCase.TOPICS;
    }

    private PlannedStages planned(QueryCase query) {
        return planned.computeIfAbsent(query.sql(), session::plan);
    }

    // The number in the name of what collects goes on from query to query.
    private String plan(QueryCase query) {
        return PlanText.physical(planned(query))
                .replaceAll("anonymous_collect\\$\\d+", "anonymous_collect");
    }

    @Test
    void aNodeThatIsNotKnownIsRefusedByName() {
        PlannedStages stages = session.plan("SELECT id + 1 AS i FROM customers");
        LogicalPlan unoptimized = new LogicalPlan(stages.written(), Map.of());
        assertThatThrownBy(() -> PlanLineage.of(unoptimized, FunctionRegistry.standard()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("LogicalProject");
    }

    @Test
    void thereAreManyCases() {
        assertThat(QueryCase.all()).hasSizeGreaterThanOrEqualTo(80);
    }

    private static List<String> lines(Lineage lineage) {
        List<String> lines = new ArrayList<>();
        if (!lineage.functions().isEmpty()) {
            lines.add(
                    "functions: "
                            + lineage.functions().stream()
                                    .map(RequiredFunction::name)
                                    .collect(Collectors.joining(", ")));
        }
        ResultLineage result = lineage.results().get(0);
        if (!result.rows().isEmpty()) {
            lines.add("rows: " + text(result.rows()));
        }
        result.columns()
                .forEach(column -> lines.add(column.column() + ": " + text(column.origins())));
        return lines;
    }

    private static String text(List<Origin> origins) {
        return origins.isEmpty()
                ? "-"
                : origins.stream().map(Origin::toString).sorted().collect(Collectors.joining(", "));
    }
}
