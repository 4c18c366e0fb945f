package io.millrace.pipeline.definition;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline as written: {@code pipeline.yaml} and its SQL files, read but not yet bound to
 * parameters and a warehouse.
 *
 * @param folder folder of {@code pipeline.yaml}
 * @param scripts SQL files with views, in order
 * @param kinds semantic kinds that sources and results declare, by dataset and column
 * @param functions what it calls beside Millrace's own functions
 * @param prepare name of the step that makes the sources
 */
public record PipelineDefinition(
        String name,
        String description,
        Path folder,
        List<ParamDefinition> params,
        List<SourceDefinition> sources,
        List<SqlText> scripts,
        List<ResultDefinition> results,
        Optional<String> prepare,
        FunctionsDefinition functions,
        Map<String, Map<String, String>> kinds) {
    public PipelineDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(folder, "folder is null");
        params = List.copyOf(params);
        sources = List.copyOf(sources);
        scripts = List.copyOf(scripts);
        results = List.copyOf(results);
        requireNonNull(prepare, "prepare is null");
        requireNonNull(functions, "functions is null");
        kinds = Map.copyOf(kinds);
    }
}
