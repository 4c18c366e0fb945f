package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import io.millrace.session.StrictYaml.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named settings of a session.
 *
 * @param settings Flink's options by key
 * @param origins the profile that each setting came from
 */
public record SessionProfile(
        String name, SortedMap<String, String> settings, SortedMap<String, String> origins) {
    private static final String STORAGE = RunOptions.STORAGE.key() + ".";

    public SessionProfile {
        requireNonNull(name, "name is null");
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }

    /**
     * A shipped profile by name, or one from a YAML file: {@code extends} (a shipped profile),
     * {@code parallelism}, {@code checkpoint-interval}, {@code state-backend} (heap, rocksdb) and
     * {@code settings} (Flink's options by key).
     */
    public static SessionProfile of(String nameOrFile) {
        if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
            return shipped(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(nameOrFile + ": there is no such profile.");
        }
        return read(StrictYaml.read(file));
    }

    static SessionProfile read(Mapping yaml) {
        yaml.allow(
                "name",
                "extends",
                "parallelism",
                "checkpoint-interval",
                "state-backend",
                "settings");
        SessionProfile profile = shipped(yaml.text("extends", "local"));
        Map<String, String> own = new LinkedHashMap<>();
        if (yaml.has("parallelism")) {
            own.put("parallelism.default", yaml.required("parallelism"));
        }
        if (yaml.has("checkpoint-interval")) {
            own.put("execution.checkpointing.interval", yaml.required("checkpoint-interval"));
        }
        if (yaml.has("state-backend")) {
            own.put("state.backend.type", backend(yaml));
        }
        if (yaml.has("settings")) {
            Mapping settings = yaml.get("settings").mapping("'settings'");
            settings.entries().keySet().forEach(key -> own.put(key, settings.required(key)));
        }
        return profile.with(yaml.required("name"), own);
    }

    /** How the session's tables are reached; taken out of what Flink is given and shows. */
    public StorageOptions storage() {
        Map<String, String> storage = new TreeMap<>();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(STORAGE)) {
                        storage.put(key.substring(STORAGE.length()), value);
                    }
                });
        return StorageOptions.of(storage);
    }

    /** The settings that Flink is given. */
    SortedMap<String, String> flinkSettings() {
        TreeMap<String, String> flink = new TreeMap<>(settings);
        flink.keySet().removeIf(key -> key.startsWith(STORAGE));
        return flink;
    }

    private static String backend(Mapping yaml) {
        String backend = yaml.required("state-backend");
        return switch (backend) {
            case "heap" -> "hashmap";
            case "rocksdb" -> "rocksdb";
            default ->
                    throw yaml.get("state-backend")
                            .place()
                            .refuse(
                                    "state backend '"
                                            + backend
                                            + "' is not known; known are heap, rocksdb");
        };
    }

    /**
     * This profile with other settings over it; {@code origin} is the new name and where they came
     * from.
     */
    public SessionProfile with(String origin, Map<String, String> overriding) {
        TreeMap<String, String> merged = new TreeMap<>(settings);
        TreeMap<String, String> from = new TreeMap<>(origins);
        overriding.forEach(
                (key, value) -> {
                    merged.put(key, value);
                    from.put(key, origin);
                });
        return new SessionProfile(origin, merged, from);
    }

    /**
     * One of {@code local}, {@code refresh}, {@code streaming}, {@code batch} and {@code cluster}.
     */
    public static SessionProfile shipped(String name) {
        SessionProfile base =
                new SessionProfile("base", new TreeMap<>(), new TreeMap<>())
                        .with("base", Settings.BASE);
        return switch (name) {
            case "local" -> base.with(name, Settings.EMBEDDED).with(name, Settings.CONTINUOUS_HEAP);
            case "refresh" -> base.with(name, Settings.EMBEDDED).with(name, Settings.REFRESH);
            case "streaming" ->
                    base.with(name, Settings.EMBEDDED).with(name, Settings.CONTINUOUS_ROCKSDB);
            case "cluster" -> base.with(name, Settings.CONTINUOUS_ROCKSDB);
            case "batch" -> base.with(name, Settings.EMBEDDED).with(name, Settings.BATCH);
            default ->
                    throw new RefusedException(
                            "profile '"
                                    + name
                                    + "' is not known. Name local, refresh, streaming, batch, cluster or a YAML file.");
        };
    }
}
