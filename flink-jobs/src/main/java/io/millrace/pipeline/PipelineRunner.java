package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.ExecutablePlan;
import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.metrics.JobMetrics;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.artifacts.store.RunFacts;
import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.table.DeltaTable;
import io.millrace.pipeline.RunningJob.Stopped;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs a pipeline: plans it, starts it from its state, watches it, and stops it with a savepoint.
 */
public final class PipelineRunner {
    private static final long POLL_MILLIS = 200;

    private final BoundPipeline pipeline;
    private final ClusterTarget target;
    private final RunEvents events;
    private final ArtifactLog artifacts;
    private final PipelinePlanning planning;
    private final PipelineState state;
    private final Optional<JobMetrics> metrics;
    private final long started = System.nanoTime();

    /** Stores nothing about its runs but their records. */
    public PipelineRunner(
            BoundPipeline pipeline,
            SessionProfile profile,
            ClusterTarget target,
            RunEvents events) {
        this(pipeline, profile, target, events, ArtifactLog.NONE);
    }

    /**
     * @param artifacts takes plans and runs
     */
    public PipelineRunner(
            BoundPipeline pipeline,
            SessionProfile profile,
            ClusterTarget target,
            RunEvents events,
            ArtifactLog artifacts) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null").storedIn(profile.storage());
        this.target = requireNonNull(target, "target is null");
        this.events = requireNonNull(events, "events is null");
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        this.planning = new PipelinePlanning(pipeline, profile, target, events, artifacts);
        this.state = new PipelineState(this.pipeline);
        this.metrics =
                artifacts != ArtifactLog.NONE && target instanceof ClusterTarget.Embedded
                        ? Optional.of(new JobMetrics(JobSubmission.metrics(this.pipeline)))
                        : Optional.empty();
    }

    /** What is done without running. */
    public PipelinePlanning planning() {
        return planning;
    }

    /** Brings the results up to the sources' versions of now, and stops. */
    public RunRecord refresh(boolean rebuild) throws InterruptedException {
        return told(
                "refresh",
                journal -> {
                    Prepared prepared = planning.prepare(true);
                    Launch launch =
                            Launch.of(pipeline, state, journal, planning.plan(journal), rebuild);
                    return refresh(launch, pins(launch.plan(), prepared), "refresh");
                });
    }

    /** What a run does under its lock. */
    @FunctionalInterface
    private interface Work<T> {
        T run(RunJournal journal) throws InterruptedException;
    }

    private <T> T told(String verb, Work<T> work) throws InterruptedException {
        RunJournal journal = new RunJournal(artifacts, pipeline, verb);
        try (RunLock lock = RunLock.acquire(pipeline.name(), state.folder())) {
            return work.run(journal);
        } catch (RuntimeException | InterruptedException e) {
            journal.failed(e);
            throw e;
        }
    }

    /**
     * Runs a plan that was made before until its results hold these versions, and stops.
     *
     * @param pins version of each source that the results read
     */
    RunRecord replay(ExecutablePlan plan, Map<String, Long> pins) throws InterruptedException {
        return told(
                "replay",
                journal -> {
                    journal.planned(plan, "");
                    return refresh(
                            Launch.of(pipeline, state, journal, plan, false), pins, "replay");
                });
    }

    private RunRecord refresh(Launch launch, Map<String, Long> pins, String verb)
            throws InterruptedException {
        boolean known = state.progress(launch.start().epoch()).equals(pins);
        if (known && launch.start().restore().isPresent()) {
            events.progress("nothing new in " + String.join(", ", pins.keySet()));
            return record(launch, pins, Map.of());
        }
        RunningJob job = submit(launch, pins, verb);
        Stopped stopped = follow(job, launch, Optional.of(pins));
        boolean done = state.progress(launch.start().epoch()).equals(pins);
        return record(launch, done ? pins : Positions.committed(pipeline), stopped.rows());
    }

    /**
     * Runs until it is told to stop.
     *
     * @param attach whether to stay with a job on a session cluster
     */
    public RunOutcome run(boolean rebuild, boolean attach) throws InterruptedException {
        return told("run", journal -> run(journal, rebuild, attach));
    }

    private RunOutcome run(RunJournal journal, boolean rebuild, boolean attach)
            throws InterruptedException {
        planning.prepare(true);
        Launch launch = Launch.of(pipeline, state, journal, planning.plan(journal), rebuild);
        RunningJob job = submit(launch, Map.of(), "run");
        Optional<RunRecord> record = Optional.empty();
        if (attach || !(target instanceof ClusterTarget.SessionCluster)) {
            Stopped stopped = follow(job, launch, Optional.empty());
            Map<String, Long> reached = Positions.committed(pipeline);
            record = Optional.of(record(launch, reached, stopped.rows()));
        } else {
            journal.ended(RunFacts.SUBMITTED);
        }
        return new RunOutcome(
                pipeline.name(), launch.runId(), launch.plan().planId(), job.id(), record);
    }

    private static long version(DeltaTable table) {
        return Launch.version(table);
    }

    private Map<String, Long> pins(ExecutablePlan plan, Prepared prepared) {
        Map<String, Long> pins = new TreeMap<>();
        plan.sourcesOfResults()
                .values()
                .forEach(sources -> sources.forEach(source -> pins.put(source, null)));
        pins.replaceAll(
                (source, none) -> {
                    Long pin = prepared.pins().get(source);
                    return pin != null ? pin : version(pipeline.sourceTable(source));
                });
        return pins;
    }

    private RunningJob submit(Launch launch, Map<String, Long> pins, String verb) {
        events.progress(
                launch.start()
                        .restore()
                        .map(point -> "continuing from checkpoint " + point.checkpointId())
                        .orElse(
                                launch.start().rebuild()
                                        ? "rebuilding"
                                        : "starting from snapshots"));
        state.started(launch.start().epoch());
        RunningJob job =
                JobSubmission.submit(
                        pipeline,
                        planning.planner(),
                        planning.sessions(),
                        launch.start(),
                        launch.runId(),
                        pins,
                        verb,
                        metrics.isPresent(),
                        events);
        launch.journal().submitted(job.id());
        return job;
    }

    private Stopped follow(RunningJob job, Launch launch, Optional<Map<String, Long>> pins)
            throws InterruptedException {
        Interrupts interrupts = Interrupts.install();
        Map<String, Map<String, Long>> pinsOfSinks = new HashMap<>();
        launch.plan()
                .sourcesOfResults()
                .forEach(
                        (sink, sources) ->
                                pinsOfSinks.put(sink, only(pins.orElse(Map.of()), sources)));
        Map<String, Long> recorded = new HashMap<>();
        boolean done = false;
        try {
            while (!done && !interrupts.isRequested()) {
                job.check();
                RunProgress progress = new RunProgress(job.reports());
                recordPositions(launch, progress.released(), recorded);
                launch.journal().commits(launch.targetsBefore(), false);
                metrics.ifPresent(from -> launch.journal().sample(launch.plan(), from));
                done = pins.isPresent() && progress.reached(pinsOfSinks);
                if (!done) {
                    events.status(progress.line(pins.orElseGet(this::latestOfSources), seconds()));
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            }
            events.progress(
                    done
                            ? "all sources are in the results, stopping"
                            : "stopping with a savepoint");
            Stopped stopped = job.stop(launch.start().epoch().savepoints());
            RestorePoint point =
                    launch.start()
                            .epoch()
                            .newest()
                            .orElseThrow(
                                    () ->
                                            new JobFailedException(
                                                    pipeline.name()
                                                            + ": the savepoint "
                                                            + stopped.savepoint()
                                                            + " is not there.",
                                                    null));
            state.stopped(launch.start().epoch(), point, done ? pins.get() : Map.of());
            launch.journal().event("stopped", stopped.savepoint());
            metrics.ifPresent(
                    from -> launch.journal().measured(launch.plan(), from, point.folder()));
            return stopped;
        } catch (RuntimeException | InterruptedException e) {
            job.cancel();
            throw e;
        }
    }

    private static Map<String, Long> only(Map<String, Long> pins, List<String> sources) {
        Map<String, Long> some = new HashMap<>(pins);
        some.keySet().retainAll(sources);
        return some;
    }

    private Map<String, Long> latestOfSources() {
        Map<String, Long> latest = new TreeMap<>();
        for (String source : pipeline.sources().keySet()) {
            latest.put(source, version(pipeline.sourceTable(source)));
        }
        return latest;
    }

    private void recordPositions(
            Launch launch, Map<String, Long> released, Map<String, Long> recorded) {
        ConsumerPositions consumers =
                new ConsumerPositions(pipeline.internal().resolve("consumers"));
        for (DatasetResolution dataset : launch.plan().datasets()) {
            Long version = released.get(dataset.dataset());
            if (version != null
                    && version >= 0
                    && !version.equals(recorded.get(dataset.dataset()))) {
                consumers.record(
                        new ConsumerPosition(
                                pipeline.name(),
                                dataset.dataset(),
                                dataset.location(),
                                dataset.tableId(),
                                version,
                                Instant.now()));
                recorded.put(dataset.dataset(), version);
                launch.journal().cursor(dataset, version);
            }
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private RunRecord record(Launch launch, Map<String, Long> reached, Map<String, Long> rows) {
        RunRecord record = launch.record(pipeline, seconds(), reached, rows);
        JsonFiles.write(
                pipeline.internal()
                        .resolve("runs")
                        .resolve(pipeline.name())
                        .resolve(launch.runId() + ".json"),
                record);
        launch.journal().commits(launch.targetsBefore(), true);
        launch.journal().ended(record);
        return record;
    }
}
