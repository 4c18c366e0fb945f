package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.order.SourceProgress;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.util.ExceptionUtils;

/** A submitted job, as far as a run deals with it. */
final class RunningJob {
    private static final long ANSWER_SECONDS = 60;
    private static final long SAVEPOINT_MINUTES = 60;
    private static final long RETRY_MILLIS = 200;
    private static final String STILL_STARTING =
            CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING.message();

    private final String pipeline;
    private final JobClient client;
    private final SinkReports reports;

    RunningJob(String pipeline, JobClient client, SinkReports reports) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.client = requireNonNull(client, "client is null");
        this.reports = requireNonNull(reports, "reports is null");
    }

    String id() {
        return client.getJobID().toHexString();
    }

    /**
     * Checks that the job is alive.
     *
     * @throws RefusedException if it failed by a check
     * @throws JobFailedException if it failed otherwise, or ended by itself
     */
    void check() throws InterruptedException {
        JobStatus status;
        try {
            status = client.getJobStatus().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw failure();
        }
        if (status.isGloballyTerminalState() || status == JobStatus.FAILING) {
            throw failure();
        }
    }

    /** What each sink says; empty for a sink whose job is just (re)starting. */
    Map<String, Optional<SinkReport>> reports() throws InterruptedException {
        return reports.of(client);
    }

    /**
     * Stops with a savepoint, without drain: the sources did not end.
     *
     * @return rows read from each source, by dataset
     */
    Stopped stop(Path savepoints) throws InterruptedException {
        try {
            String path = savepoint(savepoints);
            Map<String, Object> values =
                    client.getJobExecutionResult()
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                            .getAllAccumulatorResults();
            Map<String, Long> rows = new TreeMap<>();
            values.forEach(
                    (name, value) -> {
                        if (name.startsWith(SourceProgress.ROWS) && value instanceof Long count) {
                            rows.put(name.substring(SourceProgress.ROWS.length()), count);
                        }
                    });
            return new Stopped(path, rows);
        } catch (ExecutionException | TimeoutException e) {
            Optional<RefusedException> refusal = Failures.refusal(e);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            throw new JobFailedException(
                    pipeline
                            + ": cannot stop with a savepoint: "
                            + Failures.message(e)
                            + ". The next run continues from the newest checkpoint.",
                    e);
        }
    }

    /** A job that is only starting cannot be stopped yet; it is asked again until it runs. */
    private String savepoint(Path savepoints)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (true) {
            try {
                return client.stopWithSavepoint(
                                false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(SAVEPOINT_MINUTES, TimeUnit.MINUTES);
            } catch (ExecutionException e) {
                boolean starting =
                        ExceptionUtils.findThrowableWithMessage(e, STILL_STARTING).isPresent();
                if (!starting || System.nanoTime() > deadline) {
                    throw e;
                }
                check();
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    /** Asks a job that is of no more use to go; its checkpoints stay. */
    void cancel() throws InterruptedException {
        try {
            client.cancel().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // It is gone already.
            return;
        }
    }

    private RuntimeException failure() throws InterruptedException {
        try {
            client.getJobExecutionResult().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return new JobFailedException(
                    pipeline + ": the job ended by itself. Look into the log and run again.", null);
        } catch (ExecutionException | TimeoutException e) {
            Optional<RefusedException> refusal = Failures.refusal(e);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return new JobFailedException(pipeline + ": the job failed: " + Failures.message(e), e);
        }
    }

    /** A job's end. */
    record Stopped(String savepoint, Map<String, Long> rows) {}
}
