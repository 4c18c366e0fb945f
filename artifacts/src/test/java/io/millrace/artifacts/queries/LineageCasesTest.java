package io.millrace.artifacts.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.capture.PlannedStages;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.LogicalPlan;
import io.millrace.artifacts.lineage.Origin;
import io.millrace.artifacts.lineage.PlanLineage;
import io.millrace.artifacts.lineage.RequiredFunction;
import io.millrace.artifacts.lineage.ResultLineage;
import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lineage against what is written down by hand in {@code *.cases}. */
class LineageCasesTest {
    private static QuerySession session;

    @BeforeAll
    static void open() {
        session = QuerySession.streaming();
    }

    static Stream<QueryCase> cases() {
        return QueryCase.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void lineageIsAsWrittenByHand(QueryCase query) {
        assertThat(lines(session.lineage(query.sql()))).isEqualTo(query.lineage());
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
