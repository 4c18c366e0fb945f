package io.millrace.pipeline;

import io.millrace.artifacts.PlanOrigin;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.pipeline.definition.SqlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files of a definition, as they go into a bundle and come out of it. */
final class DefinitionFiles {
    private DefinitionFiles() {}

    /** What a pipeline is made of. */
    static PlanOrigin origin(BoundPipeline pipeline) {
        return PlanOrigin.of(
                texts(pipeline.definition()), pipeline.params(), pipeline.warehouse().toString());
    }

    private static Map<String, String> texts(PipelineDefinition definition) {
        Map<String, String> texts = new TreeMap<>();
        Path yaml = definition.folder().resolve(PipelineReader.FILE_NAME);
        if (Files.isRegularFile(yaml)) {
            try {
                texts.put(PipelineReader.FILE_NAME, Files.readString(yaml));
            } catch (IOException e) {
                throw new UncheckedIOException(yaml + ": cannot be read: " + e.getMessage(), e);
            }
            definition.scripts().forEach(script -> add(script, definition, texts));
            definition.results().forEach(result -> add(result.query(), definition, texts));
            texts.putAll(KeptJars.lines(definition));
        }
        return texts;
    }

    private static void add(SqlText sql, PipelineDefinition definition, Map<String, String> texts) {
        String name = definition.folder().relativize(Path.of(sql.file())).toString();
        // A query that stands in the definition itself is there already, with all around it.
        texts.putIfAbsent(name, sql.text());
    }

    /** Writes files that came out of a bundle, and reads the definition that they are. */
    static PipelineDefinition read(Map<String, String> texts, Path folder, KeptJars jars) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = root.resolve(text.getKey()).normalize();
                if (!file.startsWith(root)) {
                    throw new IllegalArgumentException(text.getKey() + " lies outside the bundle");
                }
                Files.createDirectories(file.getParent());
                if (KeptJars.isOne(text.getValue())) {
                    jars.restore(text.getValue(), file);
                } else {
                    Files.writeString(file, text.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(root + ": cannot be written: " + e.getMessage(), e);
        }
        return PipelineReader.read(root);
    }
}
