package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.catalog.DeltaCatalog;
import io.millrace.functions.FunctionRegistry;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * One session.
 *
 * @param registry what SQL can call beside Flink's own functions
 * @param functions hash of the function registry
 * @param webPorts ports of which the embedded cluster's web UI takes the first that is free when a
 *     job starts
 */
public record Session(
        StreamExecutionEnvironment execution,
        StreamTableEnvironment tables,
        DeltaCatalog catalog,
        SettingsSnapshot settings,
        FunctionRegistry registry,
        String functions,
        List<Integer> webPorts) {
    public Session {
        requireNonNull(execution, "execution is null");
        requireNonNull(tables, "tables is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(functions, "functions is null");
        webPorts = List.copyOf(webPorts);
    }
}
