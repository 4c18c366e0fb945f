package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.RunRecord;
import java.util.Optional;

/**
 * What became of a continuous run.
 *
 * @param record what it did; empty where the job goes on on a session cluster
 */
public record RunOutcome(
        String pipeline, String runId, String planId, String jobId, Optional<RunRecord> record) {
    public RunOutcome {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(planId, "planId is null");
        requireNonNull(jobId, "jobId is null");
        requireNonNull(record, "record is null");
    }
}
