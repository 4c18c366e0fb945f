package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.PlanOrigin;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.capture.EngineReader;
import io.millrace.artifacts.capture.StoredBundle;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Runs the plan of a bundle again: exactly its compiled plan, with its settings, at the versions
 * that its sources had when it was written. The results go to a folder of their own, so that
 * nothing of the pipeline is touched.
 */
public final class Replay {
    private static final String BUNDLE = "bundle";

    private final StoredBundle bundle;
    private final ClusterTarget target;
    private final RunEvents events;

    public Replay(Path bundle, ClusterTarget target, RunEvents events) {
        this.bundle = StoredBundle.read(requireNonNull(bundle, "bundle is null"));
        this.target = requireNonNull(target, "target is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** The warehouse that the bundle's plan was made in. */
    public Path warehouse() {
        return Path.of(bundle.origin().warehouse());
    }

    /** Folder for the results of a replay, where none is named: the next that is not there yet. */
    public Path usualFolder() {
        Path replays = warehouse().resolve("_millrace").resolve("replays");
        int number = 1;
        while (Files.exists(replays.resolve(name(number)))) {
            number++;
        }
        return replays.resolve(name(number));
    }

    private String name(int number) {
        return "%s-%s-%d".formatted(bundle.pipeline(), bundle.planId().substring(0, 8), number);
    }

    /**
     * Replays.
     *
     * @param folder for results and state; empty or not there
     * @param given parameters over those of the bundle
     * @param profile its settings come under those of the bundle
     * @param artifacts takes what is told of the run
     * @throws RefusedException if something is other than when the bundle was written, naming it
     */
    public RunRecord run(
            Path folder, Map<String, String> given, SessionProfile profile, ArtifactLog artifacts)
            throws InterruptedException {
        checkEmpty(folder);
        Path temporary = temporaryFolder();
        try {
            PlanOrigin origin = bundle.origin();
            if (origin.files().isEmpty()) {
                throw new RefusedException(
                        bundle.pipeline()
                                + ": cannot be replayed: the bundle holds no definition. Delete it and run plan.");
            }
            PipelineDefinition definition =
                    DefinitionFiles.read(
                            origin.files(),
                            temporary.resolve("definition"),
                            KeptJars.of(warehouse()));
            Map<String, String> params = new LinkedHashMap<>(origin.params());
            params.putAll(given);
            BoundPipeline pipeline =
                    BoundPipeline.bind(definition, params, Path.of(origin.warehouse()), temporary)
                            .into(folder);
            PipelineRunner runner =
                    new PipelineRunner(
                            pipeline,
                            profile.with(BUNDLE, bundle.settings()),
                            target,
                            events,
                            artifacts);
            return run(runner);
        } finally {
            delete(temporary);
        }
    }

    private RunRecord run(PipelineRunner runner) throws InterruptedException {
        PlanningInput session = runner.planning().planner().declared();
        List<String> differences =
                bundle.differences(session, EngineReader.read(session.environment().getConfig()));
        if (!differences.isEmpty()) {
            throw new RefusedException(
                    bundle.pipeline()
                            + ": plan "
                            + bundle.planId()
                            + " cannot be replayed: "
                            + String.join("; ", differences)
                            + ". Go back to what was there then, or plan anew.");
        }
        Map<String, Long> pins = new TreeMap<>(bundle.pins());
        pins.keySet()
                .removeIf(
                        source ->
                                bundle.plan(session).sourcesOfResults().values().stream()
                                        .noneMatch(sources -> sources.contains(source)));
        return runner.replay(bundle.plan(session), pins);
    }

    private static void checkEmpty(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new RefusedException(
                            folder
                                    + ": cannot take the results of a replay: it is not empty. Name another folder.");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(folder + ": cannot be listed", e);
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("millrace-replay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be deleted", e);
        }
    }
}
