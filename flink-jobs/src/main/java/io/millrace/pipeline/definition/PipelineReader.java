package io.millrace.pipeline.definition;

import io.millrace.delta.table.RefusedException;
import io.millrace.session.StrictYaml;
import io.millrace.session.StrictYaml.Mapping;
import io.millrace.session.StrictYaml.Place;
import io.millrace.session.StrictYaml.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code pipeline.yaml} and the SQL files it names. Whatever is wrong is refused with file,
 * line and column.
 */
public final class PipelineReader {
    public static final String FILE_NAME = "pipeline.yaml";

    private static final Pattern PIPELINE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");
    private static final Pattern DATASET_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

    private final Path folder;
    private final Set<String> datasets = new HashSet<>();

    private PipelineReader(Path folder) {
        this.folder = folder;
    }

    /** Reads the pipeline of a folder. */
    public static PipelineDefinition read(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(
                    folder + ": holds no " + FILE_NAME + ". Name a folder with one.");
        }
        return new PipelineReader(folder).read(StrictYaml.read(file));
    }

    private PipelineDefinition read(Mapping yaml) {
        yaml.allow(
                "name",
                "description",
                "params",
                "sources",
                "sql",
                "results",
                "prepare",
                "functions",
                "kinds");
        String name = name(yaml, PIPELINE_NAME);
        List<ParamDefinition> params =
                yaml.list("params").stream()
                        .map(value -> param(value.mapping("a parameter")))
                        .toList();
        List<SourceDefinition> sources =
                yaml.list("sources").stream()
                        .map(value -> source(value.mapping("a source")))
                        .toList();
        List<SqlText> scripts = yaml.list("sql").stream().map(this::file).toList();
        List<ResultDefinition> results =
                yaml.list("results").stream()
                        .map(value -> result(value.mapping("a result")))
                        .toList();
        if (results.isEmpty()) {
            throw yaml.place().refuse("a pipeline needs at least one result");
        }
        return new PipelineDefinition(
                name,
                yaml.text("description", ""),
                folder,
                params,
                sources,
                scripts,
                results,
                prepare(yaml),
                FunctionsReader.read(folder, yaml),
                KindsReader.read(yaml));
    }

    private static Optional<String> prepare(Mapping yaml) {
        if (!yaml.has("prepare")) {
            return Optional.empty();
        }
        return Optional.of(yaml.get("prepare").mapping("'prepare'").allow("step").required("step"));
    }

    private static ParamDefinition param(Mapping yaml) {
        yaml.allow("name", "description", "default", "type");
        String name = name(yaml, DATASET_NAME);
        if (name.equals("warehouse") || name.equals("home")) {
            throw yaml.place()
                    .refuse("the parameter name '" + name + "' is taken by Millrace itself");
        }
        Optional<String> value =
                yaml.has("default") ? Optional.of(yaml.required("default")) : Optional.empty();
        return new ParamDefinition(
                name, yaml.text("description", ""), value, yaml.text("type", "STRING"));
    }

    private SourceDefinition source(Mapping yaml) {
        yaml.allow("name", "path", "key", "projection", "storage", "kinds");
        String name = dataset(yaml);
        return new SourceDefinition(
                name,
                yaml.required("path"),
                yaml.texts("key"),
                SourceOptions.projection(name, yaml),
                SourceOptions.storage(name, yaml),
                yaml.place());
    }

    private ResultDefinition result(Mapping yaml) {
        yaml.allow(
                "name",
                "key",
                "partition-by",
                "query",
                "view",
                "file",
                "comment",
                "options",
                "kinds",
                "write");
        String name = dataset(yaml);
        return new ResultDefinition(
                name,
                yaml.texts("key"),
                yaml.texts("partition-by"),
                query(yaml),
                yaml.text("comment", ""),
                WriteBlock.with(options(yaml), yaml),
                yaml.place());
    }

    private SqlText query(Mapping yaml) {
        long given = List.of("query", "view", "file").stream().filter(yaml::has).count();
        if (given != 1) {
            throw yaml.place().refuse("a result needs exactly one of query, view and file");
        }
        if (yaml.has("file")) {
            return file(yaml.get("file"));
        }
        String key = yaml.has("view") ? "view" : "query";
        Place place = yaml.get(key).place();
        String text = yaml.required(key);
        if (key.equals("view")) {
            if (!DATASET_NAME.matcher(text).matches()) {
                throw place.refuse("'" + text + "' is not the name of a view");
            }
            text = "SELECT * FROM `" + text + "`";
        }
        return new SqlText(place.file(), place.line(), text);
    }

    private static Map<String, String> options(Mapping yaml) {
        Map<String, String> options = new LinkedHashMap<>();
        if (yaml.has("options")) {
            Mapping given = yaml.get("options").mapping("'options'");
            for (String key : given.entries().keySet()) {
                if (!key.startsWith("sink.")) {
                    throw given.keys()
                            .get(key)
                            .refuse("option '" + key + "' does not start with sink.");
                }
                options.put(key, given.required(key));
            }
        }
        return options;
    }

    private String dataset(Mapping yaml) {
        String name = name(yaml, DATASET_NAME);
        if (!datasets.add(name)) {
            throw yaml.place()
                    .refuse("the name '" + name + "' is used twice; a table is source or result");
        }
        return name;
    }

    private static String name(Mapping yaml, Pattern pattern) {
        String name = yaml.required("name");
        if (!pattern.matcher(name).matches()) {
            throw yaml.get("name")
                    .place()
                    .refuse("'" + name + "' is not a name: " + pattern.pattern());
        }
        return name;
    }

    private SqlText file(Value value) {
        String name = value.text("a file name");
        Path root = folder.toAbsolutePath().normalize();
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw value.place().refuse("'" + name + "' lies outside the pipeline's folder");
        }
        if (!Files.isRegularFile(file)) {
            throw value.place().refuse("there is no file '" + name + "' in " + folder);
        }
        try {
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                throw value.place().refuse("'" + name + "' links to outside the pipeline's folder");
            }
            return new SqlText(folder.resolve(name).toString(), 1, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
