package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import io.millrace.functions.FunctionRegistry;
import java.util.List;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/**
 * A pipeline declared in a fresh session.
 *
 * @param functions hash of the function registry in the session
 * @param registry the functions of the session
 * @param origin what is planned
 */
public record PlanningInput(
        String pipeline,
        TableEnvironment environment,
        StatementSet statements,
        SettingsSnapshot settings,
        String functions,
        FunctionRegistry registry,
        PlanOrigin origin,
        List<DatasetResolution> datasets) {
    public PlanningInput {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(statements, "statements is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(functions, "functions is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(origin, "origin is null");
        datasets = List.copyOf(datasets);
    }
}
