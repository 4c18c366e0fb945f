package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.Engine;
import io.millrace.artifacts.ExecutablePlan;
import io.millrace.artifacts.PlanOrigin;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A bundle as it lies in its folder, and what has changed since it was written. */
public final class StoredBundle {
    /** Origins of settings that a session has by itself. */
    private static final Set<String> NOT_SET =
            Set.of(SettingsSnapshot.DEFAULT, "session", "machine");

    private final Path folder;
    private final JsonNode manifest;

    private StoredBundle(Path folder, JsonNode manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Reads a bundle.
     *
     * @throws RefusedException if the folder is none
     */
    public static StoredBundle read(Path folder) {
        requireNonNull(folder, "folder is null");
        if (!Files.isRegularFile(folder.resolve(BundleStore.MANIFEST))) {
            throw new RefusedException(
                    folder
                            + ": is no plan bundle: it holds no "
                            + BundleStore.MANIFEST
                            + ". Name a folder under <warehouse>/_millrace/plans.");
        }
        return new StoredBundle(folder, json(folder, BundleStore.MANIFEST));
    }

    public String pipeline() {
        return manifest.path("pipeline").asText();
    }

    public String planId() {
        return manifest.path("plan_id").asText();
    }

    /** What was planned; parameters that were masked are left out. */
    public PlanOrigin origin() {
        Map<String, String> params = texts(manifest.path("params"));
        params.values().removeIf(Secrets.MASK::equals);
        return PlanOrigin.of(
                texts(json(folder, BundleStore.DEFINITION)),
                params,
                manifest.path("warehouse").asText());
    }

    /** The settings that somebody made, but for secret ones. */
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, JsonNode> setting : manifest.path("settings").properties()) {
            String value = setting.getValue().path("value").asText();
            if (!NOT_SET.contains(setting.getValue().path("origin").asText())
                    && !value.equals(Secrets.MASK)) {
                settings.put(setting.getKey(), value);
            }
        }
        return settings;
    }

    /** Version that each source had, by dataset. */
    public SortedMap<String, Long> pins() {
        SortedMap<String, Long> pins = new TreeMap<>();
        for (JsonNode dataset : sources()) {
            pins.put(dataset.path("dataset").asText(), dataset.path("version").asLong());
        }
        return pins;
    }

    /** Whether the compiled plan is still the one that gave the bundle its id, in this session. */
    public boolean isIntact(PlanningInput session) {
        return planId().equals(PlanCapture.identity(session, compiledPlan()));
    }

    /** The plan, to be run in a session. */
    public ExecutablePlan plan(PlanningInput session) {
        String compiled = compiledPlan();
        return new ExecutablePlan(
                planId(), compiled, session.datasets(), PlanGraph.of(compiled).sourcesOfSinks());
    }

    /**
     * What is other than when the bundle was written, so that its plan would not give the same in a
     * session; empty: nothing.
     */
    public List<String> differences(PlanningInput session, Engine engine) {
        List<String> differences = new ArrayList<>();
        JsonNode then = json(folder, BundleStore.ENGINE);
        compare(differences, "Flink's version", then.path("flink").asText(), engine.flink());
        compare(
                differences,
                "the planner's rules",
                strings(then.path("programs")).toString(),
                engine.programs().toString());
        compare(
                differences,
                "the function snapshot",
                json(folder, BundleStore.FUNCTIONS).path("snapshot").asText(),
                session.functions());
        Map<String, String> settings = texts(json(folder, BundleStore.SETTINGS));
        Map<String, String> now = session.settings().relevantForPlan();
        NavigableSet<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            compare(
                    differences,
                    "setting '" + key + "'",
                    settings.getOrDefault(key, "not set"),
                    now.getOrDefault(key, "not set"));
        }
        Map<String, DatasetResolution> datasets = new LinkedHashMap<>();
        session.datasets().forEach(dataset -> datasets.put(dataset.dataset(), dataset));
        sources().forEach(source -> compare(differences, source, datasets));
        if (differences.isEmpty()) {
            compare(
                    differences,
                    "the compiled plan's identity hash",
                    planId(),
                    PlanCapture.identity(session, compiledPlan()));
        }
        return differences;
    }

    private static void compare(
            List<String> differences, JsonNode source, Map<String, DatasetResolution> datasets) {
        String name = source.path("dataset").asText();
        Optional<DatasetResolution> found = Optional.ofNullable(datasets.get(name));
        if (found.isEmpty()) {
            differences.add("dataset '" + name + "' is not there");
            return;
        }
        DatasetResolution now = found.get();
        String dataset = "dataset '" + name + "': ";
        compare(
                differences,
                dataset + "identity hash of its columns and key",
                source.path("identity_hash").asText(),
                now.identityHash());
        compare(
                differences,
                dataset + "protocol",
                source.path("protocol").asText(),
                now.protocol());
        compare(differences, dataset + "table id", source.path("table_id").asText(), now.tableId());
    }

    private static void compare(List<String> differences, String what, String then, String now) {
        if (!then.equals(now)) {
            differences.add(what + " was " + then + " and is " + now);
        }
    }

    private List<JsonNode> sources() {
        List<JsonNode> sources = new ArrayList<>();
        for (JsonNode dataset : manifest.path("datasets")) {
            if (dataset.path("role").asText().equals("source")) {
                sources.add(dataset);
            }
        }
        return sources;
    }

    private String compiledPlan() {
        return text(folder, BundleStore.COMPILED_PLAN);
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static JsonNode json(Path folder, String file) {
        try {
            return Json.MAPPER.readTree(text(folder, file));
        } catch (IOException e) {
            throw new RefusedException(
                    folder + ": " + file + " is damaged. Delete the bundle and run plan.", e);
        }
    }

    private static String text(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new RefusedException(
                    folder
                            + ": cannot be replayed: "
                            + file
                            + " cannot be read. Delete the bundle and run plan.",
                    e);
        }
    }
}
