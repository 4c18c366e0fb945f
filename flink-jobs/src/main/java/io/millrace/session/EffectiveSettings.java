package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.table.api.TableConfig;

/**
 * Tells where the settings of a session are from. Left out is what is of one run and no setting:
 * what the run was given, ports, jars.
 */
public final class EffectiveSettings {
    /** Origin of what a statement of the session changed. */
    static final String SET = "SET";

    private static final String SESSION = "session";
    static final String MACHINE = "machine";
    private static final String RUN = "millrace.run.";

    private static final Set<String> OF_A_PROCESS =
            Set.of(
                    RestOptions.PORT.key(),
                    RestOptions.BIND_PORT.key(),
                    RestOptions.ADDRESS.key(),
                    PipelineOptions.JARS.key(),
                    PipelineOptions.CLASSPATHS.key(),
                    CoreOptions.TMP_DIRS.key(),
                    DeploymentOptions.TARGET.key(),
                    DeploymentOptions.ATTACHED.key());

    private final SessionProfile profile;
    private final Set<String> ofTheRun;
    private final Map<String, String> atOpen;

    /**
     * The settings of a session that was just opened.
     *
     * @param run what it was given for its run
     */
    EffectiveSettings(SessionProfile profile, Set<String> run, TableConfig config) {
        this.profile = requireNonNull(profile, "profile is null");
        this.ofTheRun = new TreeSet<>(run);
        this.atOpen = new TreeMap<>(config.toMap());
    }

    SettingsSnapshot now(TableConfig config) {
        Map<String, String> values = new TreeMap<>(KnownOptions.defaults());
        Map<String, String> origins = new TreeMap<>();
        values.keySet().forEach(key -> origins.put(key, SettingsSnapshot.DEFAULT));
        profile.settings()
                .forEach(
                        (key, value) -> {
                            values.put(key, value);
                            origins.put(key, profile.origins().get(key));
                        });
        Map<String, String> current = config.toMap();
        current.forEach(
                (key, value) -> {
                    values.put(key, value);
                    origins.put(key, origin(key, value));
                });
        values.keySet().removeIf(this::isOfOneRun);
        return SettingsSnapshot.of(values, origins);
    }

    Optional<String> atOpen(String key) {
        return Optional.ofNullable(atOpen.get(key));
    }

    /**
     * Refuses what a session cannot change.
     *
     * @param value null: to be reset
     */
    void checkSet(String key, String value) {
        if (isFixed(key)) {
            throw new RefusedException(
                    "SET: cannot change '"
                            + key
                            + "': a session is opened with it. Say it in a profile.");
        }
        if (value != null) {
            KnownOptions.problem(key, value)
                    .ifPresent(
                            problem -> {
                                throw new RefusedException("SET: " + problem + ".");
                            });
        }
    }

    private static boolean isFixed(String key) {
        return key.equals(ExecutionOptions.RUNTIME_MODE.key())
                || key.equals(SessionOptions.STATEMENTS.key())
                || key.equals(SessionOptions.MAX_PREPARED_STATEMENTS.key())
                || key.startsWith(RUN)
                || SessionProfile.isOfStorage(key);
    }

    private String origin(String key, String value) {
        if (!value.equals(atOpen.get(key))) {
            return SET;
        } else if (value.equals(profile.settings().get(key))) {
            return profile.origins().get(key);
        }
        return key.equals(CoreOptions.DEFAULT_PARALLELISM.key()) ? MACHINE : SESSION;
    }

    private boolean isOfOneRun(String key) {
        return key.startsWith(RUN)
                || key.startsWith("$internal")
                || ofTheRun.contains(key)
                || OF_A_PROCESS.contains(key);
    }
}
