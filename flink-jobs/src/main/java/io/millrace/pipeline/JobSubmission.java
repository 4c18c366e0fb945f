package io.millrace.pipeline;

import io.millrace.artifacts.metrics.JobMetricsReporterFactory;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.sink.sql.InsertOnlyInputs;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.PlanReference;

/**
 * Turns a compiled plan into a running job. What differs from run to run goes in here, and not into
 * the plan.
 */
final class JobSubmission {
    private JobSubmission() {}

    static RunningJob submit(
            BoundPipeline pipeline,
            PipelinePlanner planner,
            SessionFactory sessions,
            Start start,
            String runId,
            Map<String, Long> pins,
            String verb,
            boolean measured,
            RunEvents events) {
        Map<String, String> options = options(pipeline, start, runId, pins, verb);
        if (measured) {
            options.putAll(JobMetricsReporterFactory.options(metrics(pipeline), ""));
        }
        options.put(RunOptions.FENCE.key(), Boolean.toString(sessions.runsOnACluster()));
        Session session = sessions.openToRun(options);
        planner.declare(session);
        JobClient client =
                session.tables()
                        .loadPlan(PlanReference.fromJsonString(start.epoch().compiledPlan()))
                        .execute()
                        .getJobClient()
                        .orElseThrow(() -> new IllegalStateException("The job has no client."));
        WebInterface.find(session.webPorts(), client.getJobID())
                .ifPresent(url -> events.progress("Flink web UI: " + url));
        List<String> sinks = List.copyOf(pipeline.results().keySet());
        return new RunningJob(pipeline.name(), client, new SinkReports(sinks));
    }

    /** Where an embedded cluster reports what operators do. */
    static Path metrics(BoundPipeline pipeline) {
        return pipeline.internal().resolve("metrics");
    }

    private static Map<String, String> options(
            BoundPipeline pipeline,
            Start start,
            String runId,
            Map<String, Long> pins,
            String verb) {
        Map<String, String> options = new HashMap<>();
        options.put(RunOptions.RUN_ID.key(), runId);
        options.put(RunOptions.PIPELINE.key(), pipeline.name());
        options.put(RunOptions.PLAN_ID.key(), start.epoch().planId());
        options.put(
                RunOptions.INSERT_ONLY_SINKS.key(),
                InsertOnlyInputs.option(start.epoch().compiledPlan()));
        options.put(RunOptions.REBUILD.key(), Boolean.toString(start.rebuild()));
        if (!pins.isEmpty()) {
            options.put(
                    RunOptions.END_VERSIONS.key(),
                    pins.entrySet().stream()
                            .map(pin -> pin.getKey() + ":" + pin.getValue())
                            .collect(Collectors.joining(",")));
        }
        options.put(PipelineOptions.NAME.key(), pipeline.name() + " (" + verb + ")");
        options.put(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                start.epoch().checkpoints().toUri().toString());
        options.put(
                CheckpointingOptions.SAVEPOINT_DIRECTORY.key(),
                start.epoch().savepoints().toUri().toString());
        start.restore()
                .ifPresent(
                        point ->
                                options.put(
                                        StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                        point.folder().toUri().toString()));
        return options;
    }
}
