package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.Secrets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The effective settings of a session, sorted by key, with where each came from. Never holds a
 * secret.
 */
public record SettingsSnapshot(SortedMap<String, Setting> settings) {
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

    /** The settings that decide what a plan computes; the others only how fast or where. */
    public SortedMap<String, String> relevantForPlan() {
        TreeMap<String, String> relevant = new TreeMap<>();
        settings.forEach(
                (key, setting) -> {
                    if (key.equals("pipeline.max-parallelism")
                            || (key.startsWith("table.")
                                    && !key.startsWith("table.exec.resource."))) {
                        relevant.put(key, setting.value());
                    }
                });
        return relevant;
    }
}
