package io.millrace.planner.rules;

import static java.util.Objects.requireNonNull;

import io.millrace.planner.guards.ChangeFeedGuard;
import io.millrace.planner.guards.CrossJoinGuard;
import io.millrace.planner.guards.Findings;
import io.millrace.planner.guards.SinkKeyGuard;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.PlannerConfig;
import org.apache.flink.table.planner.calcite.CalciteConfig;
import org.apache.flink.table.planner.plan.optimize.program.BatchOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkBatchProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkChainedProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkStreamProgram;
import org.apache.flink.table.planner.plan.optimize.program.StreamOptimizeContext;

/** Flink's own programs, with what a session adds to them: rules, and guards that look only. */
@Internal
public final class PlannerPrograms {

    private static final String NESTED_PROJECTION = "millrace_nested_projection";
    private static final String CHANGE_TYPE_FILTERS = "millrace_change_type_filters";
    private static final String FIRED_RULES = "millrace_fired_rules";
    private static final String CROSS_JOIN = "millrace_guard_cross_join";
    private static final String CHANGE_FEED = "millrace_guard_change_feed";
    private static final String SINK_KEY = "millrace_guard_sink_key";

    private final Findings findings;
    private final FiredRules fired;

    /** Programs that tell what they find, and which rules changed something. */
    public PlannerPrograms(Findings findings, FiredRules fired) {
        this.findings = requireNonNull(findings, "findings is null");
        this.fired = requireNonNull(fired, "fired is null");
    }

    /** What the guards found so far. */
    public Findings findings() {
        return findings;
    }

    /** The rules that changed something so far. */
    public FiredRules fired() {
        return fired;
    }

    /** {@link #with} for who does not ask what was found. */
    public static PlannerConfig of(ReadableConfig options) {
        return new PlannerPrograms(new Findings(), new FiredRules()).with(options);
    }

    /**
     * The programs of a session.
     *
     * @param options of the session; some of Flink's rules are there or not by them, so all must be
     *     set
     */
    public PlannerConfig with(ReadableConfig options) {
        FlinkChainedProgram<BatchOptimizeContext> batch = FlinkBatchProgram.buildProgram(options);
        addTo(batch, FlinkBatchProgram.PREDICATE_PUSHDOWN(), FlinkBatchProgram.LOGICAL());
        batch.remove(FlinkBatchProgram.DYNAMIC_PARTITION_PRUNING());
        batch.addBefore(
                FlinkBatchProgram.RUNTIME_FILTER(),
                FlinkBatchProgram.DYNAMIC_PARTITION_PRUNING(),
                new JoinFilters());
        FlinkChainedProgram<StreamOptimizeContext> stream =
                FlinkStreamProgram.buildProgram(options);
        addTo(stream, FlinkStreamProgram.PREDICATE_PUSHDOWN(), FlinkStreamProgram.LOGICAL());
        stream.addBefore(FlinkStreamProgram.LOGICAL(), CHANGE_FEED, new ChangeFeedGuard(findings));
        stream.addLast(SINK_KEY, new SinkKeyGuard(findings));
        return CalciteConfig.createBuilder()
                .replaceBatchProgram(batch)
                .replaceStreamProgram(stream)
                .build();
    }

    private <C extends FlinkOptimizeContext> void addTo(
            FlinkChainedProgram<C> chain, String pushdown, String logical) {
        chain.addBefore(pushdown, CHANGE_TYPE_FILTERS, new ChangeTypeFilters<>(fired));
        chain.addBefore(logical, NESTED_PROJECTION, new NestedProjection<>());
        chain.addBefore(logical, CROSS_JOIN, new CrossJoinGuard<>(findings));
        chain.addBefore(logical, FIRED_RULES, new FiredRules.Listening<>(fired));
    }
}
