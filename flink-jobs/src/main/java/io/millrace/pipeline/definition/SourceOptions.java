package io.millrace.pipeline.definition;

import io.millrace.delta.dataset.DeclaredProjection;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import io.millrace.session.StrictYaml.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what a pipeline says of a source's columns and of its storage. */
final class SourceOptions {
    private SourceOptions() {}

    /** Under {@code projection}: columns, and under each its properties. */
    static DeclaredProjection projection(String source, Mapping yaml) {
        if (!yaml.has("projection")) {
            return DeclaredProjection.NONE;
        }
        Mapping projection = yaml.get("projection").mapping("'projection'");
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        for (String column : projection.entries().keySet()) {
            Mapping said = projection.get(column).mapping("'" + column + "'");
            said.allow(DeclaredProjection.PROPERTIES.toArray(String[]::new));
            columns.put(column, texts(said));
        }
        try {
            return DeclaredProjection.ofProperties(source, columns);
        } catch (RefusedException e) {
            throw projection.place().refuse(withoutFullStop(e.getMessage()));
        }
    }

    /** Under {@code storage}: Hadoop's options, none of them a credential. */
    static StorageOptions storage(String source, Mapping yaml) {
        if (!yaml.has("storage")) {
            return StorageOptions.NONE;
        }
        Mapping storage = yaml.get("storage").mapping("'storage'");
        Map<String, String> options = new LinkedHashMap<>();
        texts(storage).forEach((key, value) -> options.put(StorageOptions.PREFIX + key, value));
        try {
            return StorageOptions.ofTable(source, options);
        } catch (RefusedException e) {
            throw storage.place().refuse(withoutFullStop(e.getMessage()));
        }
    }

    private static Map<String, String> texts(Mapping yaml) {
        Map<String, String> texts = new LinkedHashMap<>();
        yaml.entries().keySet().forEach(key -> texts.put(key, yaml.required(key)));
        return texts;
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
