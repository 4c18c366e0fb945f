package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.CacheUse;
import io.millrace.functions.FunctionRegistry;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a session knows and its catalog tells in {@code information_schema}.
 *
 * @param functions of Millrace and of the pipeline at hand
 * @param functionNames all that SQL can call, Flink's own included
 * @param settings in force
 * @param caches of the session, beside the catalog's own
 */
public record SessionFacts(
        FunctionRegistry functions,
        Supplier<List<String>> functionNames,
        Supplier<SettingsSnapshot> settings,
        Supplier<List<CacheUse>> caches) {

    public SessionFacts {
        requireNonNull(functions, "functions is null");
        requireNonNull(functionNames, "functionNames is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(caches, "caches is null");
    }

    /** Of a catalog that is not in a session. */
    static SessionFacts none() {
        return new SessionFacts(
                FunctionRegistry.standard(),
                List::of,
                () -> new SettingsSnapshot(new TreeMap<>()),
                List::of);
    }
}
