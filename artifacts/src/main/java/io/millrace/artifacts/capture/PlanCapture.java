package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanningEnvironments;
import io.millrace.artifacts.PlanningInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.flink.table.api.internal.StatementSetImpl;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNodeContext;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNodeGraph;
import org.apache.flink.table.planner.plan.nodes.exec.serde.CompiledPlanSerdeUtil;
import org.apache.flink.table.planner.plan.nodes.exec.utils.ExecNodePlanDumper;
import org.apache.flink.table.planner.plan.utils.FlinkRelOptUtil;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Plans a pipeline once and keeps every stage of it. Planning is serialized within the process and
 * starts from the same point each time, so the same pipeline gives the same bytes.
 */
public final class PlanCapture {
    private static final ReentrantLock PLANNING = new ReentrantLock();

    private final PlanningEnvironments environments;

    public PlanCapture(PlanningEnvironments environments) {
        this.environments = requireNonNull(environments, "environments is null");
    }

    /** Plans and captures; executes nothing. */
    public PlanBundle capture() {
        PLANNING.lock();
        try {
            return plan(environments.open());
        } finally {
            PLANNING.unlock();
        }
    }

    private static PlanBundle plan(PlanningInput input) {
        PlannerBase planner =
                (PlannerBase) ((TableEnvironmentImpl) input.environment()).getPlanner();
        List<ModifyOperation> operations =
                List.copyOf(((StatementSetImpl<?>) input.statements()).getOperations());
        // Node ids become operator ids, and those tie operators to their state.
        ExecNodeContext.resetIdCounter();
        planner.beforeTranslation();
        List<RelNode> written = new ArrayList<>();
        operations.forEach(operation -> written.add(planner.translateToRel(operation)));
        Seq<RelNode> optimized = planner.optimize(JavaConverters.asScalaBuffer(written));
        ExecNodeGraph graph = planner.translateToExecNodeGraph(optimized, true);
        planner.afterTranslation();
        String compiled = compiledPlan(planner, graph);
        return new PlanBundle(
                input.pipeline(),
                PlanGraph.planId(
                        compiled,
                        input.functions(),
                        input.settings().relevantForPlan(),
                        projected(input.datasets())),
                tree(written, SqlExplainLevel.EXPPLAN_ATTRIBUTES, false),
                tree(
                        JavaConverters.seqAsJavaList(optimized),
                        SqlExplainLevel.DIGEST_ATTRIBUTES,
                        true),
                ExecNodePlanDumper.dagToString(graph),
                compiled,
                input.settings(),
                input.functions(),
                input.datasets(),
                PlanGraph.of(compiled).sourcesOfSinks(),
                ScanUnits.of(JavaConverters.seqAsJavaList(optimized)));
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

    private static String tree(List<RelNode> nodes, SqlExplainLevel level, boolean changelog) {
        StringBuilder text = new StringBuilder();
        for (RelNode node : nodes) {
            text.append(
                    FlinkRelOptUtil.toString(
                            node, level, false, changelog, false, changelog, false, false));
            text.append('\n');
        }
        return text.toString();
    }
}
