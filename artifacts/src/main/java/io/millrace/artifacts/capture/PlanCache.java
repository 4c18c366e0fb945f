package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.Engine;
import io.millrace.artifacts.PlanningInput;
import io.millrace.delta.dataset.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which plan came of what, so that the same is not planned again: a file {@code
 * _millrace/plan-cache/<pipeline>/<identity hash of the input>} holds the plan's id, and the bundle
 * the plan. An input that differs in anything that planning looks at has another hash.
 */
public final class PlanCache {
    private final Path folder;
    private final BundleStore bundles;

    public PlanCache(Path warehouse, BundleStore bundles) {
        this.folder =
                requireNonNull(warehouse, "warehouse is null")
                        .resolve("_millrace")
                        .resolve("plan-cache");
        this.bundles = requireNonNull(bundles, "bundles is null");
    }

    /**
     * Identity hash of all that decides a plan and its bundle, but for places and versions of
     * tables.
     *
     * @param programs code that plans, as where it lies and how old it is
     */
    public static String identity(PlanningInput input, Engine engine, List<Path> programs) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("files", input.origin().files());
        content.put("params", input.origin().params());
        content.put("settings", input.settings().relevantForPlan());
        content.put("functions", input.functions());
        content.put("engine", engine);
        List<Object> datasets = new ArrayList<>();
        for (DatasetResolution dataset : input.datasets()) {
            datasets.add(
                    List.of(
                            dataset.dataset(),
                            dataset.role(),
                            // Whether a result's table was made yet changes nothing.
                            dataset.role().equals("source") ? dataset.tableId() : "",
                            dataset.key(),
                            dataset.identityHash(),
                            dataset.schema(),
                            dataset.protocol(),
                            dataset.projected()));
        }
        content.put("datasets", datasets);
        content.put("programs", programs.stream().map(PlanCache::age).toList());
        try {
            return PlanGraph.sha256(Json.MAPPER.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the input of planning cannot be written", e);
        }
    }

    private static String age(Path program) {
        try {
            return program
                    + " "
                    + Files.size(program)
                    + " "
                    + Files.getLastModifiedTime(program).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(program + ": cannot be looked at", e);
        }
    }

    /** The bundle of the plan that came of an input before, if it is still there. */
    public Optional<StoredBundle> find(String pipeline, String identity) {
        Path file = file(pipeline, identity);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            Path bundle = bundles.folder(pipeline, Files.readString(file).strip());
            return Files.isRegularFile(bundle.resolve(BundleStore.COMPILED_PLAN))
                    ? Optional.of(StoredBundle.read(bundle))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Remembers a plan whose bundle is written. */
    public void remember(String pipeline, String identity, String planId) {
        WholeFiles.write(file(pipeline, identity), planId.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String pipeline, String identity) {
        return folder.resolve(pipeline).resolve(identity);
    }
}
