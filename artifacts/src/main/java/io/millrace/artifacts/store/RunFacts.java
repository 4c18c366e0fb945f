package io.millrace.artifacts.store;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.RunRecord.SourceRead;
import io.millrace.artifacts.metrics.OperatorMetrics;
import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.table.CommitSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run, as rows.
 *
 * @param pipeline {@code sql} for statements
 * @param verb of the command line
 */
public record RunFacts(String runId, String pipeline, String verb, Instant started) {
    public static final String SUCCEEDED = "succeeded";
    public static final String FAILED = "failed";
    public static final String REFUSED = "refused";

    /** Handed to a cluster; what became of it is not known here. */
    public static final String SUBMITTED = "submitted";

    /** {@code pipeline} of statements. */
    public static final String SQL = "sql";

    public RunFacts {
        requireNonNull(runId, "runId is null");
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(verb, "verb is null");
        requireNonNull(started, "started is null");
    }

    public ArtifactRows event(String event, String message) {
        return ArtifactRows.each()
                .add(
                        ArtifactTable.RUN_EVENTS,
                        runId,
                        pipeline,
                        Instant.now(),
                        event,
                        message.isEmpty() ? null : message);
    }

    /**
     * The end of the run.
     *
     * @param planId empty where it was not planned
     * @param functions hash of the function registry, empty where it is not known
     * @param sqlText of a statement, empty for pipelines
     * @param error what it failed with
     */
    public ArtifactRows ended(
            String status,
            String planId,
            String jobId,
            String functions,
            String sqlText,
            Optional<String> error) {
        Instant now = Instant.now();
        return ArtifactRows.each()
                .add(
                        ArtifactTable.RUNS,
                        runId,
                        pipeline,
                        orNull(planId),
                        verb,
                        status,
                        started,
                        now,
                        (now.toEpochMilli() - started.toEpochMilli()) / 1000.0,
                        orNull(jobId),
                        orNull(functions),
                        orNull(sqlText),
                        error.orElse(null));
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** How far the run is in a source. */
    public ArtifactRows cursor(String dataset, String tableId, String location, long version) {
        return ArtifactRows.each()
                .add(
                        ArtifactTable.CURSORS,
                        runId,
                        pipeline,
                        dataset,
                        tableId,
                        location,
                        null,
                        version,
                        null,
                        Instant.now());
    }

    /** Where the run has ended in its sources. */
    public ArtifactRows read(RunRecord record) {
        ArtifactRows rows = ArtifactRows.each();
        for (SourceRead source : record.sources()) {
            rows.add(
                    ArtifactTable.CURSORS,
                    runId,
                    pipeline,
                    source.dataset(),
                    null,
                    null,
                    source.fromVersion(),
                    source.toVersion(),
                    source.rows(),
                    Instant.now());
        }
        return rows;
    }

    /**
     * What the operators of a job of the run did.
     *
     * @param stateSizes bytes by name of the operator, where they are known
     * @param descriptions what nodes of the plan do, by their id
     */
    public ArtifactRows operators(
            String planId,
            String jobId,
            List<OperatorMetrics> operators,
            Map<String, Long> stateSizes,
            Map<Integer, String> descriptions) {
        ArtifactRows rows = ArtifactRows.each();
        Instant now = Instant.now();
        for (OperatorMetrics operator : operators) {
            Integer node = operator.execNode().isPresent() ? operator.execNode().getAsInt() : null;
            rows.add(
                    ArtifactTable.OPERATOR_METRICS,
                    runId,
                    pipeline,
                    orNull(planId),
                    jobId,
                    now,
                    node,
                    operator.operator(),
                    node == null ? null : descriptions.get(node),
                    operator.task(),
                    operator.parallelism(),
                    operator.rowsIn(),
                    operator.rowsOut(),
                    operator.busyMillis(),
                    operator.backPressuredMillis(),
                    operator.idleMillis(),
                    stateSizes.get(operator.operator()),
                    operator.heldRows().isPresent() ? operator.heldRows().getAsLong() : null,
                    operator.skew());
        }
        return rows;
    }

    /**
     * A commit of the run.
     *
     * @param planId where the commit does not say it
     */
    public ArtifactRows commit(
            String dataset,
            String tableId,
            String location,
            Optional<String> planId,
            CommitSummary commit) {
        Map<String, String> said = commit.info().parameters();
        Map<String, Long> counts = CommitText.numbers(said.get(CommitParameters.COUNTS));
        return ArtifactRows.each()
                .add(
                        ArtifactTable.COMMITS,
                        runId,
                        pipeline,
                        planId.orElse(said.get(CommitParameters.PLAN)),
                        dataset,
                        tableId,
                        location,
                        commit.version(),
                        Instant.ofEpochMilli(commit.timestamp()),
                        commit.info().operation(),
                        counts.get("inserted"),
                        counts.get("updated"),
                        counts.get("deleted"),
                        CommitText.numbers(said.get(CommitParameters.SOURCES)),
                        CommitText.number(said.get(CommitParameters.CHECKPOINT)));
    }
}
