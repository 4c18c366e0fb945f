package io.millrace.artifacts.capture;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.planner.analyze.FlinkStreamPlanAnalyzers;
import org.apache.flink.table.planner.analyze.PlanAnalyzer;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalRel;

/** What Flink's analyzers advise against in a streaming plan. */
final class PlanWarnings {
    private PlanWarnings() {}

    static List<String> of(List<RelNode> optimized) {
        List<String> warnings = new ArrayList<>();
        for (RelNode root : optimized) {
            if (root instanceof StreamPhysicalRel physical) {
                for (PlanAnalyzer analyzer : FlinkStreamPlanAnalyzers.ANALYZERS) {
                    analyzer.analyze(physical)
                            .map(PlanAnalyzer.AnalyzedResult::getAdvice)
                            .ifPresent(
                                    advice ->
                                            warnings.add(
                                                    advice.getKind() + ": " + advice.getContent()));
                }
            }
        }
        return warnings;
    }
}
