package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.lineage.LineageJson;
import io.millrace.delta.scan.ScanUnit;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plan bundles of a warehouse, each a folder {@code _millrace/plans/<pipeline>/<plan id>}. Its
 * files are the same bytes for the same plan; only {@code manifest.json} holds times and places,
 * and {@code scan-units.json} what the scans read of the tables as they were. A bundle that exists
 * is left as it is: its compiled plan names the operators that the state belongs to.
 */
public final class BundleStore {
    public static final String COMPILED_PLAN = "compiled-plan.json";

    private static final String MANIFEST = "manifest.json";
    private static final String SCAN_UNITS = "scan-units.json";
    private static final Set<String> OF_THE_MOMENT = Set.of(MANIFEST, SCAN_UNITS);

    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "(?i)(AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|://[^/\\s:@]+:[^/\\s@]+@"
                            + "|[?&](sig|token|X-Amz-Signature)=)");

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

    /** Names of the files in which two plans of a pipeline differ. */
    public List<String> differences(String pipeline, String before, String after) {
        List<String> differences = new ArrayList<>();
        Path left = folder(pipeline, before);
        Path right = folder(pipeline, after);
        if (before.equals(after) || !Files.isDirectory(left) || !Files.isDirectory(right)) {
            return differences;
        }
        try (Stream<Path> files = Files.list(right)) {
            for (Path file : files.sorted().toList()) {
                Path other = left.resolve(file.getFileName().toString());
                if (!OF_THE_MOMENT.contains(file.getFileName().toString())
                        && (!Files.exists(other) || Files.mismatch(file, other) >= 0)) {
                    differences.add(file.getFileName().toString());
                }
            }
            return differences;
        } catch (IOException e) {
            throw new UncheckedIOException(right + ": cannot be compared: " + e.getMessage(), e);
        }
    }

    /** Content of the files by name. */
    static Map<String, String> files(PlanBundle bundle) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("ast.txt", bundle.ast());
        files.put("optimized.txt", bundle.optimizedPlan());
        files.put("exec-plan.txt", bundle.execPlan());
        files.put(COMPILED_PLAN, bundle.compiledPlan());
        files.put(
                "settings.json",
                Json.MAPPER.writeValueAsString(bundle.settings().relevantForPlan()));
        files.put(
                "functions.json",
                Json.MAPPER.writeValueAsString(Map.of("snapshot", bundle.functions())));
        files.put(
                "lineage.json",
                Json.MAPPER.writeValueAsString(LineageJson.document(bundle.lineage())));
        files.put("schemas.json", Json.MAPPER.writeValueAsString(schemas(bundle)));
        files.put(
                SCAN_UNITS,
                Json.MAPPER.writeValueAsString(
                        bundle.scanUnits().stream().map(BundleStore::scanUnit).toList()));
        files.put(MANIFEST, Json.MAPPER.writeValueAsString(manifest(bundle)));
        return files;
    }

    /** Columns of the sources by name, as Arrow schemas. */
    private static Map<String, Object> schemas(PlanBundle bundle) throws IOException {
        Map<String, Object> schemas = new TreeMap<>();
        for (DatasetResolution dataset : bundle.datasets()) {
            if (!dataset.schema().isEmpty()) {
                schemas.put(dataset.dataset(), Json.MAPPER.readTree(dataset.schema()));
            }
        }
        return schemas;
    }

    private static Map<String, Object> scanUnit(ScanUnit unit) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("dataset", unit.dataset());
        values.put("version", unit.version());
        values.put("files_kept", unit.filesKept());
        values.put("files_all", unit.filesAll());
        values.put("bytes", unit.bytes());
        values.put("rows", unit.rows().isPresent() ? unit.rows().getAsLong() : null);
        values.put("filter", unit.filter());
        values.put("columns", unit.columns());
        return values;
    }

    private static Map<String, Object> manifest(PlanBundle bundle) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("pipeline", bundle.pipeline());
        manifest.put("plan_id", bundle.planId());
        manifest.put("created", Instant.now().toString());
        manifest.put("java", System.getProperty("java.version"));
        manifest.put(
                "datasets",
                bundle.datasets().stream().map(BundleStore::withoutCredentials).toList());
        manifest.put("settings", bundle.settings().settings());
        return manifest;
    }

    private static Map<String, Object> withoutCredentials(DatasetResolution dataset) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("dataset", dataset.dataset());
        values.put("role", dataset.role());
        values.put("location", dataset.publicLocation());
        values.put("table_id", dataset.tableId());
        values.put("version", dataset.version());
        values.put("key", dataset.key());
        values.put("identity_hash", dataset.identityHash());
        return values;
    }

    private static void checkNoSecret(String pipeline, String file, String content) {
        Matcher found = CREDENTIAL.matcher(content);
        if (found.find()) {
            long line = content.substring(0, found.start()).lines().count();
            throw new RefusedException(
                    pipeline
                            + ": cannot write the plan bundle: line "
                            + line
                            + " of "
                            + file
                            + " looks like a credential. Take it out of the SQL text and the settings.");
        }
    }
}
