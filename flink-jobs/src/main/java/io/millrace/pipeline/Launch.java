package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.ExecutablePlan;
import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.RunRecord.SinkChange;
import io.millrace.artifacts.RunRecord.SourceRead;
import io.millrace.delta.table.DeltaTable;
import io.millrace.pipeline.definition.ResultDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run starts with.
 *
 * @param held version of each source that the results held
 * @param targetsBefore version of each target, -1 where there was none
 */
record Launch(
        RunJournal journal,
        ExecutablePlan plan,
        Start start,
        Map<String, Long> held,
        Map<String, Long> targetsBefore) {
    Launch {
        requireNonNull(journal, "journal is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(start, "start is null");
        held = Map.copyOf(held);
        targetsBefore = Map.copyOf(targetsBefore);
    }

    static Launch of(
            BoundPipeline pipeline,
            PipelineState state,
            RunJournal journal,
            ExecutablePlan plan,
            boolean rebuild) {
        Start start = Start.decide(pipeline, plan, state, rebuild);
        Map<String, Long> held = state.progress(start.epoch());
        Map<String, Long> targets = new HashMap<>();
        for (String result : pipeline.results().keySet()) {
            targets.put(result, version(pipeline.resultTable(result)));
        }
        return new Launch(
                journal,
                plan,
                start,
                held.isEmpty() ? Positions.committed(pipeline) : held,
                targets);
    }

    static long version(DeltaTable table) {
        return table.exists() ? table.log().latestVersion() : -1;
    }

    String runId() {
        return journal.runId();
    }

    /**
     * What the run has read and changed until now.
     *
     * @param reached version of each source that the results hold
     * @param rows read from each source
     */
    RunRecord record(
            BoundPipeline pipeline,
            double seconds,
            Map<String, Long> reached,
            Map<String, Long> rows) {
        List<SourceRead> sources = new ArrayList<>();
        for (String source : new TreeMap<>(reached).keySet()) {
            sources.add(
                    new SourceRead(
                            source,
                            held.getOrDefault(source, -1L),
                            reached.get(source),
                            rows.getOrDefault(source, 0L)));
        }
        List<SinkChange> sinks = new ArrayList<>();
        for (ResultDefinition result : pipeline.definition().results()) {
            DeltaTable table = pipeline.resultTable(result.name());
            long version = version(table);
            TargetChanges.Counts counts =
                    TargetChanges.between(
                            table, targetsBefore.get(result.name()), version, result.key());
            sinks.add(
                    new SinkChange(
                            result.name(),
                            table.location(),
                            version,
                            counts.inserted(),
                            counts.updated(),
                            counts.deleted()));
        }
        return new RunRecord(pipeline.name(), runId(), plan.planId(), seconds, sources, sinks);
    }
}
