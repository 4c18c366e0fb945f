package io.millrace.artifacts.capture;

import io.millrace.artifacts.lineage.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNodeContext;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNodeGraph;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What one planning call gives, stage by stage. Planning is serialized within the process and
 * starts from the same point each time, so the same statements give the same plan.
 *
 * @param written trees as written, one for each statement
 * @param logical trees after the logical phase
 * @param optimized physical trees; what several statements share is one node
 */
public record PlannedStages(
        List<RelNode> written, LogicalPlan logical, List<RelNode> optimized, ExecNodeGraph graph) {
    private static final ReentrantLock PLANNING = new ReentrantLock();

    public PlannedStages {
        written = List.copyOf(written);
        optimized = List.copyOf(optimized);
    }

    /**
     * Plans statements; executes nothing.
     *
     * @param compiled whether the exec nodes are for a compiled plan
     */
    public static PlannedStages of(
            TableEnvironment environment, List<ModifyOperation> statements, boolean compiled) {
        PLANNING.lock();
        try (LogicalPlanRecorder recorder = new LogicalPlanRecorder(environment.getConfig())) {
            PlannerBase planner = planner(environment);
            // Node ids become operator ids, and those tie operators to their state.
            ExecNodeContext.resetIdCounter();
            planner.beforeTranslation();
            List<RelNode> written = new ArrayList<>();
            statements.forEach(statement -> written.add(planner.translateToRel(statement)));
            Seq<RelNode> optimized = planner.optimize(JavaConverters.asScalaBuffer(written));
            ExecNodeGraph graph = planner.translateToExecNodeGraph(optimized, compiled);
            planner.afterTranslation();
            return new PlannedStages(
                    written,
                    recorder.plan(statements.size()),
                    JavaConverters.seqAsJavaList(optimized),
                    graph);
        } finally {
            PLANNING.unlock();
        }
    }

    static PlannerBase planner(TableEnvironment environment) {
        return (PlannerBase) ((TableEnvironmentImpl) environment).getPlanner();
    }
}
