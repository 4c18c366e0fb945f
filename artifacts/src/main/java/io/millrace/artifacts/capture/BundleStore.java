package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.artifacts.CredentialScan;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanStages;
import io.millrace.artifacts.TaskGraph;
import io.millrace.artifacts.graph.PlanPictures;
import io.millrace.artifacts.graph.Svg;
import io.millrace.artifacts.lineage.LineageJson;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Plan bundles of a warehouse, each a folder {@code _millrace/plans/<pipeline>/<plan id>}. Its
 * files are the same bytes for the same plan; only {@code manifest.json} holds times and places,
 * {@code scan-units.json} and {@code estimates.json} what was known of the tables as they were. A
 * bundle that exists is left as it is: its compiled plan names the operators that the state belongs
 * to.
 */
public final class BundleStore {
    public static final String COMPILED_PLAN = "compiled-plan.json";

    static final String MANIFEST = "manifest.json";
    static final String SETTINGS = "settings.json";
    static final String FUNCTIONS = "functions.json";
    static final String ENGINE = "engine.json";
    static final String DEFINITION = "definition.json";

    private static final String SCAN_UNITS = "scan-units.json";
    static final String ESTIMATES = "estimates.json";

    private final Path plans;

    public BundleStore(Path warehouse) {
        this.plans =
                requireNonNull(warehouse, "warehouse is null")
                        .resolve("_millrace")
                        .resolve("plans");
    }

    public Path folder(String pipeline, String planId) {
        return plans.resolve(pipeline).resolve(planId);
    }

    /**
     * Writes a bundle, or finds it written.
     *
     * @return its folder
     * @throws RefusedException if something in it looks like a credential
     */
    public Path write(PlanBundle bundle) {
        Path folder = folder(bundle.pipeline(), bundle.planId());
        try {
            if (!Files.exists(folder)) {
                Path parent = folder.getParent();
                Files.createDirectories(parent);
                Path temporary = Files.createTempDirectory(parent, ".new-");
                for (Map.Entry<String, String> file : files(bundle).entrySet()) {
                    checkNoSecret(bundle.pipeline(), file.getKey(), file.getValue());
                    Files.writeString(temporary.resolve(file.getKey()), file.getValue());
                }
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** The compiled plan of a bundle, if there is one. */
    public Optional<String> compiledPlan(String pipeline, String planId) {
        Path file = folder(pipeline, planId).resolve(COMPILED_PLAN);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What differs between two plans of a pipeline, in lines that begin with what they are about:
     * dataset, column, lineage, rows, function, setting, engine, operator, state, cost. Empty if
     * one of them is not there.
     */
    public List<String> differences(String pipeline, String before, String after) {
        Path left = folder(pipeline, before);
        Path right = folder(pipeline, after);
        return before.equals(after) || !Files.isDirectory(left) || !Files.isDirectory(right)
                ? List.of()
                : differences(left, right);
    }

    /** The same of two bundles by their folders. */
    public static List<String> differences(Path before, Path after) {
        return BundleDiff.between(before, after);
    }

    /** Content of the files by name. */
    static Map<String, String> files(PlanBundle bundle) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        PlanStages stages = bundle.stages();
        files.put("ast.txt", stages.ast());
        files.put("logical.txt", stages.logical());
        files.put("physical.txt", stages.physical());
        files.put("exec-plan.txt", stages.exec());
        JsonNode nodes = Json.MAPPER.valueToTree(PlanDocuments.nodes(stages));
        files.put("nodes.json", Json.MAPPER.writeValueAsString(nodes));
        files.put("plan.dot", String.join("\n", PlanDot.lines(stages.physicalNodes())) + "\n");
        files.put(COMPILED_PLAN, stages.compiled());
        files.put(SETTINGS, Json.MAPPER.writeValueAsString(bundle.settings().relevantForPlan()));
        files.put(FUNCTIONS, Json.MAPPER.writeValueAsString(PlanDocuments.functions(bundle)));
        files.put(ENGINE, Json.MAPPER.writeValueAsString(bundle.engine()));
        files.put(
                "lineage.json",
                Json.MAPPER.writeValueAsString(LineageJson.document(bundle.lineage())));
        files.put(
                "task-graph.json",
                Json.MAPPER.writeValueAsString(PlanDocuments.tasks(TaskGraph.of(bundle))));
        files.put("warnings.json", Json.MAPPER.writeValueAsString(bundle.warnings()));
        files.put("rules.json", Json.MAPPER.writeValueAsString(bundle.rules()));
        files.put("queries.json", Json.MAPPER.writeValueAsString(bundle.origin().queries()));
        files.put("plan.svg", Svg.file(PlanPictures.nodes(nodes.path("physical")), "Plan"));
        files.put(
                "task-graph.svg",
                Svg.file(
                        PlanPictures.tasks(json(files, "task-graph.json").path("tasks")),
                        "Pipeline"));
        files.put(DEFINITION, Json.MAPPER.writeValueAsString(bundle.origin().files()));
        files.put("schemas.json", Json.MAPPER.writeValueAsString(PlanDocuments.schemas(bundle)));
        files.put(
                SCAN_UNITS,
                Json.MAPPER.writeValueAsString(
                        bundle.scanUnits().stream().map(PlanDocuments::scanUnit).toList()));
        files.put(
                ESTIMATES,
                Json.MAPPER.writeValueAsString(PlanDocuments.estimates(stages.physicalNodes())));
        files.put(MANIFEST, Json.MAPPER.writeValueAsString(PlanDocuments.manifest(bundle)));
        return files;
    }

    private static JsonNode json(Map<String, String> files, String name) throws IOException {
        return Json.MAPPER.readTree(files.get(name));
    }

    private static void checkNoSecret(String pipeline, String file, String content) {
        OptionalLong line = CredentialScan.line(content);
        if (line.isPresent()) {
            throw new RefusedException(
                    pipeline
                            + ": cannot write the plan bundle: line "
                            + line.getAsLong()
                            + " of "
                            + file
                            + " looks like a credential. Take it out of the SQL text and the settings.");
        }
    }
}
