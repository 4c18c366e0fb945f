package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a {@link PrepareStep} gets.
 *
 * @param pipeline name of the pipeline
 * @param params parameters of the run: defaults from the definition, overridden by {@code --param}
 * @param warehouse absolute path of the warehouse folder
 * @param sources absolute location of each source of the pipeline, by dataset name
 * @param refreshing false where the run only plans: then a step creates absent sources, and leaves
 *     present ones alone
 * @param progress takes one line of progress for the terminal
 */
public record PrepareContext(
        String pipeline,
        Map<String, String> params,
        Path warehouse,
        Map<String, String> sources,
        boolean refreshing,
        Consumer<String> progress) {
    public PrepareContext {
        requireNonNull(pipeline, "pipeline is null");
        params = Map.copyOf(params);
        requireNonNull(warehouse, "warehouse is null");
        sources = Map.copyOf(sources);
        requireNonNull(progress, "progress is null");
    }
}
