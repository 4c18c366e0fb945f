package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.catalog.DeltaCatalog;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * One session.
 *
 * @param functions hash of the function registry
 * @param webInterface address of the embedded cluster's web UI, which answers while a job runs
 */
public record Session(
        StreamExecutionEnvironment execution,
        StreamTableEnvironment tables,
        DeltaCatalog catalog,
        SettingsSnapshot settings,
        String functions,
        Optional<String> webInterface) {
    public Session {
        requireNonNull(execution, "execution is null");
        requireNonNull(tables, "tables is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(functions, "functions is null");
        requireNonNull(webInterface, "webInterface is null");
    }
}
