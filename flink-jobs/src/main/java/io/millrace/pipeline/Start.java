package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.ExecutablePlan;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.PipelineState.Epoch;
import io.millrace.pipeline.definition.ResultDefinition;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a run begins.
 *
 * @param epoch where its state goes
 * @param restore what it continues from; empty: sources start with a snapshot
 * @param rebuild whether targets that have rows are compared with the result computed anew
 */
record Start(Epoch epoch, Optional<RestorePoint> restore, boolean rebuild) {
    Start {
        requireNonNull(epoch, "epoch is null");
        requireNonNull(restore, "restore is null");
    }

    /**
     * Decides from what state and targets hold.
     *
     * @throws RefusedException if the run would have to continue from a state that is missing or is
     *     not of this plan
     */
    static Start decide(
            BoundPipeline pipeline, ExecutablePlan plan, PipelineState state, boolean rebuild) {
        if (rebuild) {
            return new Start(
                    state.open(plan.planId(), plan.compiledPlan()), Optional.empty(), true);
        }
        Optional<Epoch> current = state.current();
        Optional<RestorePoint> newest = current.flatMap(Epoch::newest);
        if (newest.isPresent()) {
            Epoch epoch = current.get();
            if (!epoch.planId().equals(plan.planId())) {
                throw new RefusedException(
                        pipeline.name()
                                + ": cannot continue from its state: the plan was "
                                + epoch.planId()
                                + " and is now "
                                + plan.planId()
                                + ". Run with --rebuild to compute the results anew and write only what differs.");
            }
            return new Start(epoch, newest, false);
        }
        refuseIfTargetsAreAhead(pipeline);
        return new Start(state.open(plan.planId(), plan.compiledPlan()), Optional.empty(), false);
    }

    private static void refuseIfTargetsAreAhead(BoundPipeline pipeline) {
        for (ResultDefinition result : pipeline.definition().results()) {
            DeltaTable table = pipeline.resultTable(result.name());
            if (!table.exists()) {
                continue;
            }
            String sinkId = sinkId(pipeline, result);
            OptionalLong transaction = table.snapshot().transactionVersion(sinkId);
            if (transaction.isPresent()) {
                throw new RefusedException(
                        result.name()
                                + ": cannot continue at version "
                                + table.snapshot().version()
                                + ": the table has commits of "
                                + sinkId
                                + ", but the pipeline's state is missing. Run with --rebuild to compute the results"
                                + " anew and write only what differs.");
            }
        }
    }

    static String sinkId(BoundPipeline pipeline, ResultDefinition result) {
        return result.options().getOrDefault("sink.id", pipeline.name() + "/" + result.name());
    }
}
