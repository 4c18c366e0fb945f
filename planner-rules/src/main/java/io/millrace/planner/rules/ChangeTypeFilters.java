package io.millrace.planner.rules;

import static java.util.Objects.requireNonNull;

import io.millrace.planner.rules.FiredRules.Listener;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;

/** Runs {@link ChangeTypeFilterRule}; comes before Flink's rules that push conditions down. */
final class ChangeTypeFilters<C extends FlinkOptimizeContext> implements FlinkOptimizeProgram<C> {
    private final FiredRules fired;

    ChangeTypeFilters(FiredRules fired) {
        this.fired = requireNonNull(fired, "fired is null");
    }

    @Override
    public RelNode optimize(RelNode root, C context) {
        HepPlanner planner =
                new HepPlanner(
                        HepProgram.builder().addRuleInstance(ChangeTypeFilterRule.INSTANCE).build(),
                        context);
        planner.setExecutor(root.getCluster().getPlanner().getExecutor());
        planner.addListener(new Listener(fired));
        planner.setRoot(root);
        return planner.findBestExp();
    }
}
