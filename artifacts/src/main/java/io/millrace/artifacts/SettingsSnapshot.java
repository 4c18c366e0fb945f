package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.delta.table.Secrets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The effective settings of a session, sorted by key, with where each came from. Never holds a
 * secret.
 */
public record SettingsSnapshot(SortedMap<String, Setting> settings) {
    /** Origin of what nobody set. */
    public static final String DEFAULT = "default";

    private static final JsonMapper JSON = new JsonMapper();

    public SettingsSnapshot {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** One setting; {@code origin} is the name of the profile, or what else set it. */
    public record Setting(String value, String origin) {
        public Setting {
            requireNonNull(value, "value is null");
            requireNonNull(origin, "origin is null");
        }
    }

    /** A snapshot of these values; those whose keys look like secrets are masked. */
    public static SettingsSnapshot of(Map<String, String> values, Map<String, String> origins) {
        TreeMap<String, Setting> settings = new TreeMap<>();
        values.forEach(
                (key, value) ->
                        settings.put(
                                key,
                                new Setting(
                                        Secrets.shown(key, value),
                                        origins.getOrDefault(key, "session"))));
        return new SettingsSnapshot(settings);
    }

    /** A JSON document of one line for each setting; the same bytes for the same settings. */
    public String text() {
        StringJoiner lines = new StringJoiner(",\n", "{\n", "\n}\n");
        settings.forEach(
                (key, setting) ->
                        lines.add(
                                quoted(key)
                                        + ": {\"value\": "
                                        + quoted(setting.value())
                                        + ", \"origin\": "
                                        + quoted(setting.origin())
                                        + "}"));
        return lines.toString();
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The settings that somebody set and that decide what a plan computes; the others decide only
     * how fast or where.
     */
    public SortedMap<String, String> relevantForPlan() {
        TreeMap<String, String> relevant = new TreeMap<>();
        settings.forEach(
                (key, setting) -> {
                    boolean decides =
                            key.equals("pipeline.max-parallelism")
                                    || (key.startsWith("table.")
                                            && !key.startsWith("table.exec.resource."));
                    if (decides && !setting.origin().equals(DEFAULT)) {
                        relevant.put(key, setting.value());
                    }
                });
        return relevant;
    }
}
