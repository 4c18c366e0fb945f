package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.catalog.DeltaCatalog;
import io.millrace.functions.FunctionRegistry;
import io.millrace.planner.rules.PlannerPrograms;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * One session.
 *
 * @param profile what it was opened with
 * @param registry what SQL can call beside Flink's own functions
 * @param functions hash of the function registry
 * @param webPorts ports of which the embedded cluster's web UI takes the first that is free when a
 *     job starts
 * @param opened what its settings were when it was opened
 * @param programs what plans its statements: what guards found, and which rules fired
 * @param prepared queries kept for their next use
 */
public record Session(
        StreamExecutionEnvironment execution,
        StreamTableEnvironment tables,
        DeltaCatalog catalog,
        SessionProfile profile,
        FunctionRegistry registry,
        String functions,
        List<Integer> webPorts,
        EffectiveSettings opened,
        PlannerPrograms programs,
        PreparedStatements prepared) {
    public Session {
        requireNonNull(execution, "execution is null");
        requireNonNull(tables, "tables is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(functions, "functions is null");
        webPorts = List.copyOf(webPorts);
        requireNonNull(opened, "opened is null");
        requireNonNull(programs, "programs is null");
        requireNonNull(prepared, "prepared is null");
    }

    /** All settings as they are now, those that a SET changed included, with where each is from. */
    public SettingsSnapshot settings() {
        return opened.now(tables.getConfig());
    }

    /**
     * What {@code SET 'key' = 'value'} does; holds for what is planned from now on.
     *
     * @throws io.millrace.delta.table.RefusedException if the session was opened with it and cannot
     *     change it, the option cannot have the value, or there is no such setting of ours
     */
    public void set(String key, String value) {
        opened.checkSet(key, value);
        tables.getConfig().set(key, value);
        plannerChanged();
    }

    /** What {@code RESET 'key'} does: the value that the session was opened with. */
    public void reset(String key) {
        opened.checkSet(key, null);
        Optional<String> value = opened.atOpen(key);
        if (value.isPresent()) {
            tables.getConfig().set(key, value.get());
        } else {
            ConfigOption<String> option = ConfigOptions.key(key).stringType().noDefaultValue();
            tables.getConfig().getConfiguration().removeConfig(option);
        }
        plannerChanged();
    }

    /** What {@code RESET} does: all that a SET changed. */
    public void reset() {
        settings().settings().entrySet().stream()
                .filter(setting -> setting.getValue().origin().equals(EffectiveSettings.SET))
                .forEach(setting -> reset(setting.getKey()));
    }

    /** Some rules are there or not by options. */
    private void plannerChanged() {
        tables.getConfig().setPlannerConfig(programs.with(tables.getConfig()));
        prepared.clear();
    }
}
