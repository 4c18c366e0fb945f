package io.millrace.planner.rules;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptListener;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;

/**
 * Names of the rules that changed a plan of a session: ours, and Flink's of the logical and the
 * physical phase.
 */
public final class FiredRules {
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    /** In the order of the alphabet. */
    public synchronized SortedSet<String> names() {
        return new TreeSet<>(counts.keySet());
    }

    /** How often each changed something, by name. */
    public synchronized SortedMap<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    private synchronized void add(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    /** Listens to a planner. */
    static final class Listener implements RelOptListener {
        private final FiredRules fired;

        Listener(FiredRules fired) {
            this.fired = requireNonNull(fired, "fired is null");
        }

        @Override
        public void ruleProductionSucceeded(RuleProductionEvent event) {
            if (!event.isBefore() && event.getRuleCall() != null) {
                fired.add(event.getRuleCall().getRule().toString());
            }
        }

        @Override
        public void ruleAttempted(RuleAttemptedEvent event) {}

        @Override
        public void relEquivalenceFound(RelEquivalenceEvent event) {}

        @Override
        public void relDiscarded(RelDiscardedEvent event) {}

        @Override
        public void relChosen(RelChosenEvent event) {}
    }

    /** A program that changes nothing: what comes after it is listened to. */
    static final class Listening<C extends FlinkOptimizeContext>
            implements FlinkOptimizeProgram<C> {
        private final FiredRules fired;

        Listening(FiredRules fired) {
            this.fired = requireNonNull(fired, "fired is null");
        }

        @Override
        public RelNode optimize(RelNode root, C context) {
            root.getCluster().getPlanner().addListener(new Listener(fired));
            return root;
        }
    }
}
