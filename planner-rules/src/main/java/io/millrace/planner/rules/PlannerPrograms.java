package io.millrace.planner.rules;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.PlannerConfig;
import org.apache.flink.table.planner.calcite.CalciteConfig;
import org.apache.flink.table.planner.plan.optimize.program.BatchOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkBatchProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkChainedProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkStreamProgram;
import org.apache.flink.table.planner.plan.optimize.program.StreamOptimizeContext;

/** Flink's own programs, with what a session adds to them. */
@Internal
public final class PlannerPrograms {

    private static final String NESTED_PROJECTION = "millrace_nested_projection";

    private PlannerPrograms() {}

    /**
     * The programs of a session.
     *
     * @param options of the session; some of Flink's rules are there or not by them, so all must be
     *     set
     */
    public static PlannerConfig of(ReadableConfig options) {
        FlinkChainedProgram<BatchOptimizeContext> batch = FlinkBatchProgram.buildProgram(options);
        batch.addBefore(FlinkBatchProgram.LOGICAL(), NESTED_PROJECTION, new NestedProjection<>());
        batch.remove(FlinkBatchProgram.DYNAMIC_PARTITION_PRUNING());
        batch.addBefore(
                FlinkBatchProgram.RUNTIME_FILTER(),
                FlinkBatchProgram.DYNAMIC_PARTITION_PRUNING(),
                new JoinFilters());
        FlinkChainedProgram<StreamOptimizeContext> stream =
                FlinkStreamProgram.buildProgram(options);
        stream.addBefore(FlinkStreamProgram.LOGICAL(), NESTED_PROJECTION, new NestedProjection<>());
        return CalciteConfig.createBuilder()
                .replaceBatchProgram(batch)
                .replaceStreamProgram(stream)
                .build();
    }
}
