package io.millrace.session;

import io.millrace.delta.table.RefusedException;
import io.millrace.planner.guards.GuardOptions;
import io.millrace.session.StrictYaml.Mapping;
import io.millrace.session.StrictYaml.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/** Reads profiles: those that are shipped as resources, and users' own files. */
final class ProfileReader {
    private static final List<String> SHIPPED =
            List.of("local", "refresh", "streaming", "batch", "cluster");
    private static final int MAX_LEVELS = 8;

    private ProfileReader() {}

    static SessionProfile of(String nameOrFile) {
        return isFile(nameOrFile) ? file(Path.of(nameOrFile), 1) : shipped(nameOrFile);
    }

    static SessionProfile shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new RefusedException(
                    "profile '"
                            + name
                            + "' is not known. Name "
                            + String.join(", ", SHIPPED)
                            + " or a YAML file.");
        }
        return resource(name);
    }

    /** A profile whose {@code extends}, if it is a file, lies beside {@code folder}'s files. */
    static SessionProfile read(Mapping yaml, Path folder, int level) {
        String parent = yaml.text("extends", "local");
        SessionProfile base;
        if (!isFile(parent)) {
            if (!SHIPPED.contains(parent)) {
                throw yaml.get("extends")
                        .place()
                        .refuse(
                                "profile '"
                                        + parent
                                        + "' is not known; name "
                                        + String.join(", ", SHIPPED)
                                        + " or a YAML file");
            }
            base = resource(parent);
        } else if (level >= MAX_LEVELS) {
            throw yaml.get("extends")
                    .place()
                    .refuse(
                            "more than "
                                    + MAX_LEVELS
                                    + " profiles extend each other; does one extend itself?");
        } else {
            base = file(folder.resolve(parent), level + 1);
        }
        String name = yaml.required("name");
        return base.named(name, "profile " + name, settings(yaml));
    }

    private static boolean isFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static SessionProfile file(Path file, int level) {
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(file + ": there is no such profile.");
        }
        return read(StrictYaml.read(file), file.toAbsolutePath().getParent(), level);
    }

    private static SessionProfile resource(String name) {
        String file = "profiles/" + name + ".yaml";
        try (InputStream in = ProfileReader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            Mapping yaml =
                    StrictYaml.read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            SessionProfile base =
                    yaml.has("extends")
                            ? resource(yaml.required("extends"))
                            : new SessionProfile(name, new TreeMap<>(), new TreeMap<>());
            return base.named(name, "shipped profile " + name, settings(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> settings(Mapping yaml) {
        yaml.allow(
                "name",
                "extends",
                "runtime-mode",
                "parallelism",
                "state-backend",
                "checkpoint-interval",
                "time-zone",
                "mini-batch",
                "limits",
                "guards",
                "statements",
                "settings");
        Map<String, String> own = new LinkedHashMap<>();
        if (yaml.has("settings")) {
            Mapping settings = yaml.get("settings").mapping("'settings'");
            settings.entries()
                    .keySet()
                    .forEach(
                            key -> {
                                String value = settings.required(key);
                                check(key, value, settings.keys().get(key));
                                own.put(key, value);
                            });
        }
        put(yaml, "runtime-mode", ExecutionOptions.RUNTIME_MODE.key(), own);
        put(yaml, "parallelism", "parallelism.default", own);
        put(yaml, "checkpoint-interval", "execution.checkpointing.interval", own);
        put(yaml, "time-zone", TableConfigOptions.LOCAL_TIME_ZONE.key(), own);
        if (yaml.has("state-backend")) {
            own.put(StateBackendOptions.STATE_BACKEND.key(), backend(yaml));
        }
        miniBatch(yaml, own);
        if (yaml.has("limits")) {
            Mapping limits = yaml.get("limits").mapping("'limits'");
            limits.allow("rows", "prepared-statements");
            put(limits, "rows", SessionOptions.MAX_ROWS.key(), own);
            put(limits, "prepared-statements", SessionOptions.MAX_PREPARED_STATEMENTS.key(), own);
        }
        if (yaml.has("guards")) {
            Mapping guards = yaml.get("guards").mapping("'guards'");
            guards.allow("cross-join", "sink-key", "change-feed");
            put(guards, "cross-join", GuardOptions.CROSS_JOIN.key(), own);
            put(guards, "sink-key", GuardOptions.SINK_KEY.key(), own);
            put(guards, "change-feed", GuardOptions.CHANGE_FEED.key(), own);
        }
        statements(yaml, own);
        return own;
    }

    private static void put(Mapping yaml, String name, String key, Map<String, String> own) {
        if (yaml.has(name)) {
            String value = yaml.required(name);
            check(key, value, yaml.get(name).place());
            own.put(key, value);
        }
    }

    private static void miniBatch(Mapping yaml, Map<String, String> own) {
        if (!yaml.has("mini-batch")) {
            return;
        }
        String enabled = ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ENABLED.key();
        if (yaml.get("mini-batch") instanceof StrictYaml.Scalar scalar) {
            if (!scalar.value().equals("off")) {
                throw scalar.place()
                        .refuse("'mini-batch' is off, or a mapping with latency and size");
            }
            own.put(enabled, "false");
            return;
        }
        Mapping batch = yaml.get("mini-batch").mapping("'mini-batch'").allow("latency", "size");
        batch.get("latency");
        batch.get("size");
        own.put(enabled, "true");
        put(batch, "latency", ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ALLOW_LATENCY.key(), own);
        put(batch, "size", ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_SIZE.key(), own);
    }

    private static void statements(Mapping yaml, Map<String, String> own) {
        if (yaml.has("statements")) {
            List<String> names = new ArrayList<>(yaml.texts("statements"));
            check(
                    SessionOptions.STATEMENTS.key(),
                    String.join(";", names),
                    yaml.get("statements").place());
            own.put(SessionOptions.STATEMENTS.key(), String.join(";", names));
        }
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

    /** Refuses a value that its option cannot have, and a setting of ours that there is not. */
    private static void check(String key, String value, Place place) {
        KnownOptions.problem(key, value)
                .ifPresent(
                        problem -> {
                            throw place.refuse(problem);
                        });
    }
}
