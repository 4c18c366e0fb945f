package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import io.millrace.pipeline.definition.ParamDefinition;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.pipeline.definition.ResultDefinition;
import io.millrace.pipeline.definition.SourceDefinition;
import io.millrace.planner.sql.SqlParameter;
import io.millrace.planner.sql.SqlParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A definition with its parameters and a warehouse: every name of a table has a location.
 * Parameters reach locations and prepare steps as text, and SQL as values only.
 *
 * @param params given ones over defaults
 * @param warehouse absolute
 * @param sources absolute location of each source, by name
 * @param results absolute location of each result, by name
 * @param storage how the session reaches tables
 */
public record BoundPipeline(
        PipelineDefinition definition,
        Map<String, String> params,
        Path warehouse,
        Map<String, String> sources,
        Map<String, String> results,
        StorageOptions storage) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/.*");

    public BoundPipeline {
        requireNonNull(definition, "definition is null");
        params = Map.copyOf(params);
        requireNonNull(warehouse, "warehouse is null");
        sources = Map.copyOf(sources);
        results = Map.copyOf(results);
        requireNonNull(storage, "storage is null");
    }

    BoundPipeline storedIn(StorageOptions options) {
        return new BoundPipeline(definition, params, warehouse, sources, results, options);
    }

    /** The same sources, with results, state and all that is internal in another folder. */
    BoundPipeline into(Path folder) {
        Map<String, String> elsewhere = new LinkedHashMap<>();
        results.keySet()
                .forEach(result -> elsewhere.put(result, folder.resolve(result).toString()));
        return new BoundPipeline(definition, params, folder, sources, elsewhere, storage);
    }

    /** What the definition says of a source. */
    Request source(SourceDefinition source) {
        return Request.of(sources.get(source.name()))
                .named(source.name())
                .withKey(source.key())
                .projected(source.projection())
                .storedIn(source.storage());
    }

    /** The table of a source. */
    DeltaTable sourceTable(String name) {
        StorageOptions own =
                definition.sources().stream()
                        .filter(source -> source.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .storage();
        return DatasetResolver.table(sources.get(name), storage.with(own));
    }

    /** The table of a result, which need not exist. */
    DeltaTable resultTable(String name) {
        return DatasetResolver.table(results.get(name), storage);
    }

    public String name() {
        return definition.name();
    }

    /** The parameters as values of SQL. */
    SqlParameters sqlParameters() {
        List<SqlParameter> values = new ArrayList<>();
        for (ParamDefinition param : definition.params()) {
            try {
                values.add(new SqlParameter(param.name(), param.type(), params.get(param.name())));
            } catch (IllegalArgumentException e) {
                throw new MissingParameterException(
                        definition.name() + ": --param " + e.getMessage() + ".");
            }
        }
        return SqlParameters.of(values);
    }

    /** Folder of everything internal: plans, state, logs. */
    public Path internal() {
        return warehouse.resolve("_millrace");
    }

    /**
     * Binds a definition.
     *
     * @param given parameters of the command line
     * @param home folder that Millrace was started from; {@code ${home}} in defaults of parameters
     */
    public static BoundPipeline bind(
            PipelineDefinition definition, Map<String, String> given, Path warehouse, Path home) {
        Map<String, String> params = params(definition, given, home);
        Map<String, String> names = new LinkedHashMap<>(params);
        names.put("warehouse", warehouse.toString());
        Map<String, String> sources = new LinkedHashMap<>();
        for (SourceDefinition source : definition.sources()) {
            String path = substitute(source, names);
            sources.put(source.name(), absolute(path));
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (ResultDefinition result : definition.results()) {
            String location = warehouse.resolve(result.name()).toString();
            Path real = Locations.real(warehouse.resolve(result.name()));
            if (!real.startsWith(Locations.real(warehouse))) {
                throw result.place()
                        .refuse(
                                "result '"
                                        + result.name()
                                        + "' would be written through a link to outside the warehouse: "
                                        + real
                                        + ". Take the link away");
            }
            sources.forEach(
                    (name, path) -> {
                        if (Locations.isAt(path, real)) {
                            throw result.place()
                                    .refuse(
                                            "result '"
                                                    + result.name()
                                                    + "' is the same table as source '"
                                                    + name
                                                    + "': "
                                                    + path
                                                    + ". Write it under another name");
                        }
                    });
            results.put(result.name(), location);
        }
        return new BoundPipeline(
                definition, params, warehouse, sources, results, StorageOptions.NONE);
    }

    private static Map<String, String> params(
            PipelineDefinition definition, Map<String, String> given, Path home) {
        Map<String, String> params = new LinkedHashMap<>();
        for (ParamDefinition param : definition.params()) {
            String value = given.get(param.name());
            if (value == null) {
                value =
                        param.defaultValue()
                                .map(text -> text.replace("${home}", home.toString()))
                                .orElseThrow(
                                        () ->
                                                new MissingParameterException(
                                                        definition.name()
                                                                + ": needs --param "
                                                                + param.name()
                                                                + "=VALUE: "
                                                                + param.description()
                                                                + "."));
            }
            params.put(param.name(), value);
        }
        given.keySet()
                .forEach(
                        name -> {
                            if (!params.containsKey(name)) {
                                throw new MissingParameterException(
                                        definition.name()
                                                + ": has no parameter '"
                                                + name
                                                + "'; known are "
                                                + params.keySet()
                                                + ".");
                            }
                        });
        return params;
    }

    private static String substitute(SourceDefinition source, Map<String, String> names) {
        Matcher matcher = PLACEHOLDER.matcher(source.path());
        StringBuilder path = new StringBuilder();
        while (matcher.find()) {
            String value = names.get(matcher.group(1));
            if (value == null) {
                throw source.place()
                        .refuse(
                                "'"
                                        + matcher.group()
                                        + "' in the path is neither a parameter nor ${warehouse}");
            }
            matcher.appendReplacement(path, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(path);
        return path.toString();
    }

    private static String absolute(String path) {
        if (path.isBlank()) {
            throw new RefusedException("A source's path is empty.");
        }
        return SCHEME.matcher(path).matches()
                ? path
                : Path.of(path).toAbsolutePath().normalize().toString();
    }
}
