package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.ExecutablePlan;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.capture.BundleStore;
import io.millrace.artifacts.capture.EngineReader;
import io.millrace.artifacts.capture.PlanCache;
import io.millrace.artifacts.capture.StoredBundle;
import io.millrace.artifacts.report.ReportPage;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.artifacts.store.RunFacts;
import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionFunctions;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What is done of a pipeline without running it: its sources prepared, its plan made and kept. */
public final class PipelinePlanning {
    private final BoundPipeline pipeline;
    private final RunEvents events;
    private final SessionFactory sessions;
    private final PipelinePlanner planner;
    private final BundleStore bundles;
    private final PlanCache cache;
    private final ArtifactLog artifacts;
    private final FunctionRegistry registry;

    PipelinePlanning(
            BoundPipeline pipeline,
            SessionProfile profile,
            ClusterTarget target,
            RunEvents events,
            ArtifactLog artifacts) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.events = requireNonNull(events, "events is null");
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        SessionFunctions functions =
                PipelineFunctions.session(this.pipeline.definition().functions());
        this.registry = functions.registry();
        this.sessions = new SessionFactory(profile, target, this.pipeline.warehouse(), functions);
        this.planner = new PipelinePlanner(this.pipeline, sessions);
        this.bundles = new BundleStore(this.pipeline.warehouse());
        this.cache = new PlanCache(this.pipeline.warehouse(), bundles);
    }

    /** Plans and writes the bundle; compares it with what ran last. */
    public PlanReport report() {
        RunJournal journal = new RunJournal(artifacts, pipeline, "plan");
        try {
            PlanReport report = report(journal);
            journal.ended(RunFacts.SUCCEEDED);
            return report;
        } catch (RuntimeException e) {
            journal.failed(e);
            throw e;
        }
    }

    private PlanReport report(RunJournal journal) {
        prepare(false);
        PlanBundle bundle = bundle(journal, planner.open());
        Path folder = bundles.folder(pipeline.name(), bundle.planId());
        Optional<String> last =
                new PipelineState(pipeline).current().map(PipelineState.Epoch::planId);
        return new PlanReport(
                pipeline.name(),
                bundle.planId(),
                folder,
                new ReportPage(folder, before(last), Optional.empty()).write(),
                last.isPresent() && !last.get().equals(bundle.planId()),
                last.map(before -> bundles.differences(pipeline.name(), before, bundle.planId()))
                        .orElse(List.of()),
                planner.warnings());
    }

    private Optional<Path> before(Optional<String> last) {
        return last.map(planId -> bundles.folder(pipeline.name(), planId))
                .filter(Files::isDirectory);
    }

    /** Plans; writes nothing. */
    public PlanBundle look() {
        prepare(false);
        return planner.plan();
    }

    /** Plans and writes the bundle, or loads the plan that came of just the same before. */
    ExecutablePlan plan(RunJournal journal) {
        PipelinePlanner.Opened opened = planner.open();
        PlanningInput input = opened.input();
        String identity =
                PlanCache.identity(
                                input,
                                EngineReader.read(input.environment().getConfig()),
                                Programs.ofPlanning())
                        + (artifacts == ArtifactLog.NONE ? "" : "-stored");
        Optional<StoredBundle> known =
                input.origin().files().isEmpty()
                        ? Optional.empty()
                        : cache.find(pipeline.name(), identity).filter(b -> b.isIntact(input));
        if (known.isPresent()) {
            ExecutablePlan plan = known.get().plan(input);
            journal.loaded(plan, input.functions());
            return plan;
        }
        PlanBundle bundle = bundle(journal, opened);
        warnings().forEach(warning -> events.progress("warning: " + warning));
        // What guards have found is to be said again.
        if (planner.warnings().isEmpty()) {
            cache.remember(pipeline.name(), identity, bundle.planId());
        }
        return bundle.executable();
    }

    /** What the guards found when it was planned here last, and did not refuse. */
    public List<String> warnings() {
        return planner.warnings();
    }

    private PlanBundle bundle(RunJournal journal, PipelinePlanner.Opened opened) {
        PlanBundle bundle = planner.plan(opened);
        KeptJars.of(pipeline.warehouse()).keep(pipeline.definition());
        journal.planned(bundle, bundles.write(bundle), registry);
        return bundle;
    }

    PipelinePlanner planner() {
        return planner;
    }

    SessionFactory sessions() {
        return sessions;
    }

    /**
     * Has the pipeline's prepare step make its sources.
     *
     * @param refreshing whether the sources are to be brought up to date
     */
    Prepared prepare(boolean refreshing) {
        Optional<String> wanted = pipeline.definition().prepare();
        if (wanted.isEmpty()) {
            return Prepared.latest();
        }
        for (PrepareStep step : ServiceLoader.load(PrepareStep.class)) {
            if (step.name().equals(wanted.get())) {
                return step.prepare(
                        new PrepareContext(
                                pipeline.name(),
                                pipeline.params(),
                                pipeline.warehouse(),
                                pipeline.sources(),
                                refreshing,
                                events::progress));
            }
        }
        throw new RefusedException(
                pipeline.name()
                        + ": there is no prepare step '"
                        + wanted.get()
                        + "' on the class path.");
    }
}
