package io.millrace.artifacts.capture;

import io.millrace.artifacts.lineage.LogicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.PlannerConfig;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.planner.calcite.CalciteConfig;
import org.apache.flink.table.planner.calcite.CalciteConfigBuilder;
import org.apache.flink.table.planner.plan.nodes.calcite.LegacySink;
import org.apache.flink.table.planner.plan.nodes.calcite.Sink;
import org.apache.flink.table.planner.plan.optimize.program.BatchOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkBatchProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkChainedProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkStreamProgram;
import org.apache.flink.table.planner.plan.optimize.program.StreamOptimizeContext;
import org.apache.flink.table.planner.utils.TableConfigUtils;

/**
 * Keeps the optimized logical trees while a session plans, by two programs in the session's chain
 * that change nothing. The planner cuts statements that share something into blocks, and may run
 * the chain more than once for each; the last run counts.
 */
final class LogicalPlanRecorder implements AutoCloseable {
    private static final String BEFORE = "millrace_logical_plan";
    private static final String AFTER = "millrace_physical_plan";

    private final TableConfig config;
    private final PlannerConfig before;
    private final Runnable uninstall;
    private final List<RelNode> trees = new ArrayList<>();
    private final List<RelNode> outcomes = new ArrayList<>();
    private final Map<RelNode, RelNode> byOutcome = new HashMap<>();

    /** Records what a session with this configuration plans until it is closed. */
    LogicalPlanRecorder(TableConfig config) {
        this.config = config;
        this.before = config.getPlannerConfig();
        CalciteConfig programs = TableConfigUtils.getCalciteConfig(config);
        CalciteConfigBuilder recording = CalciteConfig.createBuilder(programs);
        if (config.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH) {
            FlinkChainedProgram<BatchOptimizeContext> chain =
                    programs.getBatchProgram().isDefined()
                            ? programs.getBatchProgram().get()
                            : FlinkBatchProgram.buildProgram(config);
            uninstall = install(chain, FlinkBatchProgram.PHYSICAL());
            recording.replaceBatchProgram(chain);
        } else {
            FlinkChainedProgram<StreamOptimizeContext> chain =
                    programs.getStreamProgram().isDefined()
                            ? programs.getStreamProgram().get()
                            : FlinkStreamProgram.buildProgram(config);
            uninstall = install(chain, FlinkStreamProgram.PHYSICAL());
            recording.replaceStreamProgram(chain);
        }
        config.setPlannerConfig(recording.build());
    }

    private <C extends FlinkOptimizeContext> Runnable install(
            FlinkChainedProgram<C> chain, String physical) {
        boolean both =
                chain.addBefore(physical, BEFORE, new Kept<C>())
                        && chain.addLast(AFTER, new Made<C>());
        if (!both) {
            throw new IllegalStateException("The planner has no program '" + physical + "'.");
        }
        return () -> {
            chain.remove(BEFORE);
            chain.remove(AFTER);
        };
    }

    /**
     * The trees of what was planned last.
     *
     * @param statements how many there were
     */
    LogicalPlan plan(int statements) {
        List<RelNode> sinks =
                trees.stream()
                        .filter(tree -> tree instanceof Sink || tree instanceof LegacySink)
                        .toList();
        List<RelNode> roots = sinks.isEmpty() ? trees : sinks;
        return new LogicalPlan(
                roots.subList(Math.max(0, roots.size() - statements), roots.size()), byOutcome);
    }

    /** What became of the trees of targets, in their order; of all trees where none has one. */
    List<RelNode> physical() {
        List<RelNode> sinks =
                outcomes.stream()
                        .filter(tree -> tree instanceof Sink || tree instanceof LegacySink)
                        .toList();
        return sinks.isEmpty() ? List.copyOf(outcomes) : sinks;
    }

    @Override
    public void close() {
        uninstall.run();
        config.setPlannerConfig(before);
    }

    /** Before the physical phase. */
    private final class Kept<C extends FlinkOptimizeContext> implements FlinkOptimizeProgram<C> {
        @Override
        public RelNode optimize(RelNode root, C context) {
            trees.add(root);
            return root;
        }
    }

    /** After all phases. */
    private final class Made<C extends FlinkOptimizeContext> implements FlinkOptimizeProgram<C> {
        @Override
        public RelNode optimize(RelNode root, C context) {
            outcomes.add(root);
            byOutcome.put(root, trees.get(trees.size() - 1));
            return root;
        }
    }
}
