package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.table.StorageOptions;
import io.millrace.planner.sql.StatementGate;
import io.millrace.planner.sql.StatementKind;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * Named settings of a session.
 *
 * @param settings Flink's options and ours ({@link SessionOptions}) by key
 * @param origins where each setting came from: a profile, or what was put over it
 */
public record SessionProfile(
        String name, SortedMap<String, String> settings, SortedMap<String, String> origins) {
    /** Origin of what the command line says. */
    public static final String COMMAND_LINE = "command line";

    private static final String STORAGE = RunOptions.STORAGE.key() + ".";

    public SessionProfile {
        requireNonNull(name, "name is null");
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }

    /**
     * A shipped profile by name, or one from a YAML file.
     *
     * @throws io.millrace.delta.table.RefusedException if there is none, or something in it is
     *     wrong
     */
    public static SessionProfile of(String nameOrFile) {
        return ProfileReader.of(nameOrFile);
    }

    /**
     * One of {@code local}, {@code refresh}, {@code streaming}, {@code batch} and {@code cluster}.
     */
    public static SessionProfile shipped(String name) {
        return ProfileReader.shipped(name);
    }

    /**
     * The profile of an SQL shell: reads that end, or with {@code stream} those that follow the
     * tables. Options in hints are allowed there: nothing is compiled.
     *
     * @param nameOrFile empty: {@code batch}, or {@code local} with {@code stream}
     */
    public static SessionProfile ofShell(String nameOrFile, boolean stream) {
        String usual = stream ? "local" : "batch";
        return of(nameOrFile.isEmpty() ? usual : nameOrFile)
                .in(stream ? RuntimeExecutionMode.STREAMING : RuntimeExecutionMode.BATCH)
                .with(
                        "shell",
                        Map.of(
                                TableConfigOptions.TABLE_DYNAMIC_TABLE_OPTIONS_ENABLED.key(),
                                "true"));
    }

    /** This profile with other settings over it. */
    public SessionProfile with(String origin, Map<String, String> overriding) {
        return named(name, origin, overriding);
    }

    SessionProfile named(String newName, String origin, Map<String, String> overriding) {
        TreeMap<String, String> merged = new TreeMap<>(settings);
        TreeMap<String, String> from = new TreeMap<>(origins);
        overriding.forEach(
                (key, value) -> {
                    merged.put(key, value);
                    from.put(key, origin);
                });
        return new SessionProfile(newName, merged, from);
    }

    /** This profile in that mode; the same where it is in it. */
    public SessionProfile in(RuntimeExecutionMode mode) {
        return mode == mode()
                ? this
                : with(COMMAND_LINE, Map.of(ExecutionOptions.RUNTIME_MODE.key(), mode.name()));
    }

    /** {@code STREAMING} or {@code BATCH}. */
    public RuntimeExecutionMode mode() {
        return configuration().get(ExecutionOptions.RUNTIME_MODE);
    }

    /** What scripts of a session may contain; a SET does not change it. */
    public StatementGate statements() {
        Set<StatementKind> kinds =
                StatementKind.ofNames(configuration().get(SessionOptions.STATEMENTS));
        return new StatementGate("a script under the profile '" + name + "'", kinds);
    }

    /** How many rows of a query are shown where it is not said otherwise. */
    public long maxRows() {
        return configuration().get(SessionOptions.MAX_ROWS);
    }

    /** How many prepared statements a session keeps. */
    public int maxPreparedStatements() {
        return configuration().get(SessionOptions.MAX_PREPARED_STATEMENTS);
    }

    /** Whether plans and runs of commands are stored. */
    public boolean storesArtifacts() {
        return configuration().get(SessionOptions.STORE_ARTIFACTS);
    }

    /** How many runs of each pipeline stay when artifacts expire. */
    public int keptRuns() {
        return configuration().get(SessionOptions.KEEP_RUNS);
    }

    /** For how many days all runs stay when artifacts expire. */
    public int keptDays() {
        return configuration().get(SessionOptions.KEEP_DAYS);
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
        flink.keySet().removeIf(SessionProfile::isOfStorage);
        return flink;
    }

    static boolean isOfStorage(String key) {
        return key.startsWith(STORAGE);
    }

    private Configuration configuration() {
        return Configuration.fromMap(settings);
    }
}
