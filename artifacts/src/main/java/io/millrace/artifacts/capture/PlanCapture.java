package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanStages;
import io.millrace.artifacts.PlanningEnvironments;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.lineage.PlanLineage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.table.api.internal.StatementSetImpl;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNodeGraph;
import org.apache.flink.table.planner.plan.nodes.exec.serde.CompiledPlanSerdeUtil;
import org.apache.flink.table.planner.plan.nodes.exec.utils.ExecNodePlanDumper;

/** Plans a pipeline once and keeps every stage of it: the same pipeline gives the same bytes. */
public final class PlanCapture {
    private final PlanningEnvironments environments;

    public PlanCapture(PlanningEnvironments environments) {
        this.environments = requireNonNull(environments, "environments is null");
    }

    /** Plans and captures; executes nothing. */
    public PlanBundle capture() {
        PlanningInput input = environments.open();
        PlannedStages stages =
                PlannedStages.of(
                        input.environment(),
                        List.copyOf(((StatementSetImpl<?>) input.statements()).getOperations()),
                        true);
        String compiled = compiledPlan(PlannedStages.planner(input.environment()), stages.graph());
        return new PlanBundle(
                input.pipeline(),
                identity(input, compiled),
                stages(stages, compiled),
                EngineReader.read(input.environment().getConfig()),
                input.settings(),
                input.functions(),
                input.origin(),
                input.datasets(),
                PlanGraph.of(compiled).sourcesOfSinks(),
                ScanUnits.of(stages.optimized()),
                PlanLineage.of(stages.logical(), input.registry()),
                PlanWarnings.of(stages.optimized()),
                new TreeMap<>());
    }

    /** The identity hash that a compiled plan has in a session. */
    public static String identity(PlanningInput input, String compiled) {
        return PlanGraph.planId(
                compiled,
                input.functions(),
                input.settings().relevantForPlan(),
                projected(input.datasets()));
    }

    private static PlanStages stages(PlannedStages stages, String compiled) {
        return new PlanStages(
                PlanText.written(stages),
                PlanText.logical(stages),
                PlanText.physical(stages),
                ExecNodePlanDumper.dagToString(stages.graph()),
                compiled,
                PlanNodes.of(stages.written()),
                PlanNodes.of(stages.logical().roots()),
                PlanNodes.of(stages.optimized()));
    }

    private static Map<String, String> projected(List<DatasetResolution> datasets) {
        return datasets.stream()
                .filter(DatasetResolution::projected)
                .collect(
                        Collectors.toMap(
                                DatasetResolution::dataset, DatasetResolution::identityHash));
    }

    private static String compiledPlan(PlannerBase planner, ExecNodeGraph graph) {
        try {
            return CompiledPlanSerdeUtil.createJsonObjectWriter(planner.createSerdeContext())
                    .withDefaultPrettyPrinter()
                    .writeValueAsString(graph);
        } catch (Exception e) {
            throw new IllegalStateException("The plan cannot be written: " + e.getMessage(), e);
        }
    }
}
