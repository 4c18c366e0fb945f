package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.ExecutablePlan;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.capture.PlanGraph;
import io.millrace.artifacts.metrics.JobMetrics;
import io.millrace.artifacts.metrics.OperatorMetrics;
import io.millrace.artifacts.metrics.StateSizes;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.artifacts.store.ArtifactRows;
import io.millrace.artifacts.store.BundleRows;
import io.millrace.artifacts.store.RunFacts;
import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.table.CommitSummary;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.functions.FunctionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the artifact store of one run. What cannot be told is left out: nothing here makes a run
 * fail.
 */
final class RunJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
    private static final Duration METRICS_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SAMPLES_APART = Duration.ofMinutes(1);
    private static final Duration COMMITS_APART = Duration.ofSeconds(10);

    private final ArtifactLog log;
    private final BoundPipeline pipeline;
    private final RunFacts run;
    private final Map<String, Long> told = new HashMap<>();
    private Instant toldCommits = Instant.EPOCH;
    private Instant sampled = Instant.now();
    private String planId = "";
    private String functions = "";
    private String jobId = "";

    RunJournal(ArtifactLog log, BoundPipeline pipeline, String verb) {
        this.log = requireNonNull(log, "log is null");
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.run = new RunFacts(UUID.randomUUID().toString(), pipeline.name(), verb, Instant.now());
    }

    String runId() {
        return run.runId();
    }

    private void tell(Supplier<ArtifactRows> rows) {
        if (log != ArtifactLog.NONE) {
            try {
                log.add(rows.get());
            } catch (RuntimeException e) {
                LOG.warn("Something about run {} is not stored: {}", runId(), e.getMessage(), e);
            }
        }
    }

    /** A plan was made, or found to be the one that was made before. */
    void planned(PlanBundle bundle, Path folder, FunctionRegistry registry) {
        planned(bundle.executable(), bundle.functions());
        tell(() -> BundleRows.of(registry));
        Path warehouse = pipeline.warehouse().toAbsolutePath().normalize();
        Path absolute = folder.toAbsolutePath().normalize();
        tell(
                () ->
                        BundleRows.of(
                                bundle,
                                absolute.startsWith(warehouse)
                                        ? warehouse.relativize(absolute).toString()
                                        : absolute.toString(),
                                Instant.now()));
        tell(
                () ->
                        BundleRows.of(
                                run.runId(),
                                bundle.planId(),
                                pipeline.name(),
                                bundle.datasets(),
                                bundle.scanUnits()));
        event("planned", bundle.planId());
    }

    /** The plan is the one of an earlier run, which was told of then. */
    void loaded(ExecutablePlan plan, String functionsHash) {
        planned(plan, functionsHash);
        tell(
                () ->
                        BundleRows.of(
                                run.runId(),
                                plan.planId(),
                                pipeline.name(),
                                plan.datasets(),
                                List.of()));
        event("loaded", plan.planId());
    }

    /** The run has a plan. */
    void planned(ExecutablePlan plan, String functionsHash) {
        planId = plan.planId();
        functions = functionsHash;
    }

    /**
     * The job has ended with a savepoint; what its operators did is told when the last of them has
     * gone.
     *
     * @param metrics where the job's cluster reports to
     */
    void measured(ExecutablePlan plan, JobMetrics metrics, Path savepoint) {
        String job = jobId;
        log.later(
                () -> {
                    try {
                        List<OperatorMetrics> operators = metrics.ended(job, METRICS_PATIENCE);
                        return run.operators(
                                plan.planId(),
                                job,
                                operators,
                                StateSizes.of(savepoint),
                                PlanGraph.of(plan.compiledPlan()).descriptions());
                    } catch (IOException e) {
                        throw new UncheckedIOException(savepoint + ": cannot be read", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return ArtifactRows.each();
                    }
                });
    }

    /** Tells what the operators of the job have done until now, once in a while. */
    void sample(ExecutablePlan plan, JobMetrics metrics) {
        Instant time = Instant.now();
        if (time.isAfter(sampled.plus(SAMPLES_APART))) {
            sampled = time;
            tell(
                    () ->
                            run.operators(
                                    plan.planId(),
                                    jobId,
                                    metrics.now(jobId),
                                    Map.of(),
                                    PlanGraph.of(plan.compiledPlan()).descriptions()));
        }
    }

    void submitted(String job) {
        jobId = job;
        event("submitted", job);
    }

    void event(String event, String message) {
        tell(() -> run.event(event, message));
    }

    /** A source is in the results up to a version. */
    void cursor(DatasetResolution dataset, long version) {
        tell(
                () ->
                        run.cursor(
                                dataset.dataset(),
                                dataset.tableId(),
                                dataset.publicLocation(),
                                version));
    }

    /**
     * Tells of the commits since it was called last, now and then.
     *
     * @param before version of each target before the run
     * @param now whether it is done whatever was told before
     */
    void commits(Map<String, Long> before, boolean now) {
        Instant time = Instant.now();
        if (log == ArtifactLog.NONE || (!now && time.isBefore(toldCommits.plus(COMMITS_APART)))) {
            return;
        }
        toldCommits = time;
        before.forEach(
                (result, version) -> {
                    try {
                        commits(result, told.getOrDefault(result, version));
                    } catch (RuntimeException | IOException e) {
                        event("commits not read", result + ": " + e.getMessage());
                    }
                });
    }

    private void commits(String result, long after) throws IOException {
        DeltaTable table = pipeline.resultTable(result);
        if (!table.exists()) {
            return;
        }
        TableSnapshot snapshot = table.snapshot();
        try (CloseableIterator<CommitSummary> history = table.log().history(after + 1)) {
            while (history.hasNext()) {
                CommitSummary commit = history.next();
                told.put(result, commit.version());
                Map<String, String> said = commit.info().parameters();
                // Without counts it only made the table.
                if (run.runId().equals(said.get(CommitParameters.RUN))
                        && said.containsKey(CommitParameters.COUNTS)) {
                    tell(
                            () ->
                                    run.commit(
                                            result,
                                            snapshot.metadata().id(),
                                            DatasetResolution.withoutCredentials(table.location()),
                                            Optional.empty(),
                                            commit));
                }
            }
        }
    }

    void ended(RunRecord record) {
        tell(() -> run.read(record));
        ended(RunFacts.SUCCEEDED);
    }

    void ended(String status) {
        tell(() -> run.ended(status, planId, jobId, functions, "", Optional.empty()));
    }

    void failed(Throwable failure) {
        String status = Failures.refusal(failure).isPresent() ? RunFacts.REFUSED : RunFacts.FAILED;
        String message =
                Failures.refusal(failure)
                        .map(Throwable::getMessage)
                        .orElseGet(() -> Failures.message(failure));
        tell(
                () ->
                        run.ended(
                                status,
                                planId,
                                jobId,
                                functions,
                                "",
                                Optional.of(String.valueOf(message))));
    }
}
