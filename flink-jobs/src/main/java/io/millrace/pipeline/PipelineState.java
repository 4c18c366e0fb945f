package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.slf4j.LoggerFactory;

/**
 * What runs of a pipeline leave behind under {@code _millrace/state/<pipeline>}. Each start without
 * state opens a new epoch, a folder with a number, that holds the plan, checkpoints and savepoints
 * of all runs that continue from there; only the newest epoch counts.
 */
final class PipelineState {
    private static final String PLAN = "plan.json";
    private static final String COMPILED_PLAN = "compiled-plan.json";
    private static final String PROGRESS = "progress.json";

    private final String pipeline;
    private final Path folder;

    PipelineState(BoundPipeline pipeline) {
        this(pipeline.name(), pipeline.internal().resolve("state").resolve(pipeline.name()));
    }

    PipelineState(String pipeline, Path folder) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    Path folder() {
        return folder;
    }

    /** One line of state: a plan and the restore points made by it. */
    record Epoch(int number, Path folder, String planId, String compiledPlan) {
        Path checkpoints() {
            return folder.resolve("checkpoints");
        }

        Path savepoints() {
            return folder.resolve("savepoints");
        }

        Optional<RestorePoint> newest() {
            return RestorePoint.newest(folder);
        }
    }

    /** The newest epoch. */
    Optional<Epoch> current() {
        return numbers().stream()
                .max(Comparator.naturalOrder())
                .map(
                        number -> {
                            Path path = epochFolder(number);
                            JsonNode plan =
                                    JsonFiles.read(path.resolve(PLAN))
                                            .orElseThrow(() -> damaged(path));
                            return new Epoch(
                                    number, path, plan.path("plan_id").asText(), compiled(path));
                        });
    }

    /** Opens an epoch after the newest: a start without state. */
    Epoch open(String planId, String compiledPlan) {
        int number = numbers().stream().max(Comparator.naturalOrder()).orElse(0) + 1;
        Path path = epochFolder(number);
        Path temporary = folder.resolve(".new-epoch");
        try {
            FileUtils.deleteDirectory(temporary.toFile());
            Files.createDirectories(temporary);
            Files.writeString(temporary.resolve(COMPILED_PLAN), compiledPlan);
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("pipeline", pipeline);
            plan.put("plan_id", planId);
            plan.put("started", Instant.now().toString());
            JsonFiles.write(temporary.resolve(PLAN), plan);
            Files.move(temporary, path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be made: " + e.getMessage(), e);
        }
        return new Epoch(number, path, planId, compiledPlan);
    }

    /**
     * Versions of the sources that the results held when the last run ended in order; empty if it
     * did not.
     */
    Map<String, Long> progress(Epoch epoch) {
        Map<String, Long> versions = new TreeMap<>();
        JsonFiles.read(epoch.folder().resolve(PROGRESS))
                .ifPresent(
                        json ->
                                json.path("sources")
                                        .properties()
                                        .forEach(
                                                e ->
                                                        versions.put(
                                                                e.getKey(),
                                                                e.getValue().asLong())));
        return versions;
    }

    /** Forgets the progress: a run is about to change it. */
    void started(Epoch epoch) {
        try {
            Files.deleteIfExists(epoch.folder().resolve(PROGRESS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a savepoint: records the progress, and deletes what the savepoint replaces. */
    void stopped(Epoch epoch, RestorePoint savepoint, Map<String, Long> sources) {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("savepoint", epoch.folder().relativize(savepoint.folder()).toString());
        progress.put("checkpoint_id", savepoint.checkpointId());
        progress.put("sources", new TreeMap<>(sources));
        progress.put("stopped", Instant.now().toString());
        JsonFiles.write(epoch.folder().resolve(PROGRESS), progress);
        for (Path old : replacedBy(savepoint, epoch)) {
            deleteAsFarAsPossible(old);
        }
    }

    private List<Path> replacedBy(RestorePoint savepoint, Epoch epoch) {
        try {
            List<Path> replaced = new ArrayList<>(children(epoch.checkpoints()));
            replaced.addAll(children(epoch.savepoints()));
            replaced.remove(savepoint.folder());
            numbers().stream()
                    .filter(number -> number < epoch.number())
                    .forEach(number -> replaced.add(epochFolder(number)));
            return replaced;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed", e);
        }
    }

    // Flink deletes checkpoints of the job that just stopped at the same time; what is left goes
    // with the next savepoint.
    private static void deleteAsFarAsPossible(Path path) {
        try {
            FileUtils.deleteDirectory(path.toFile());
        } catch (IOException | UncheckedIOException e) {
            LoggerFactory.getLogger(PipelineState.class).info("{} is left for later", path, e);
        }
    }

    private List<Integer> numbers() {
        try {
            return children(folder).stream()
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d{6}"))
                    .map(Integer::parseInt)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed", e);
        }
    }

    private Path epochFolder(int number) {
        return folder.resolve("%06d".formatted(number));
    }

    private String compiled(Path path) {
        try {
            return Files.readString(path.resolve(COMPILED_PLAN));
        } catch (IOException e) {
            throw damaged(path);
        }
    }

    private RefusedException damaged(Path path) {
        return new RefusedException(
                pipeline
                        + ": cannot continue from its state: "
                        + path
                        + " is not complete. Run with --rebuild to start anew from the sources.");
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
