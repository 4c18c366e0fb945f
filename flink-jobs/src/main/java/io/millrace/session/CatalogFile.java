package io.millrace.session;

import io.millrace.catalog.DeclaredTable;
import io.millrace.catalog.DeltaCatalog;
import io.millrace.session.StrictYaml.Mapping;
import io.millrace.session.StrictYaml.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.ValidationException;

/**
 * The tables that {@code catalog.yaml} in the warehouse declares: {@code databases} by name with a
 * {@code comment}, and {@code tables} by {@code NAME} or {@code DATABASE.NAME} with {@code
 * location}, {@code format} (delta, parquet, csv, json), {@code columns} (type by name), {@code
 * key}, {@code partition-by}, {@code file-sort-order}, {@code comment} and {@code options}. What
 * stands in which order makes no difference.
 */
final class CatalogFile {

    static final String NAME = "catalog.yaml";

    private CatalogFile() {}

    /** Declares what the file says, if there is one. */
    static void declare(Path warehouse, DeltaCatalog catalog) {
        Path file = warehouse.resolve(NAME);
        if (Files.isRegularFile(file)) {
            declare(StrictYaml.read(file), warehouse.toAbsolutePath().normalize(), catalog);
        }
    }

    private static void declare(Mapping yaml, Path warehouse, DeltaCatalog catalog) {
        yaml.allow("databases", "tables");
        for (Map.Entry<String, Value> database : entries(yaml, "databases").entrySet()) {
            Mapping said = database.getValue().mapping("a database");
            said.allow("comment");
            catalog.declareDatabase(database.getKey(), said.text("comment", ""));
        }
        for (Map.Entry<String, Value> table : entries(yaml, "tables").entrySet()) {
            Mapping said = table.getValue().mapping("a table");
            try {
                catalog.declare(table(table.getKey(), said, warehouse));
            } catch (ValidationException e) {
                throw said.place().refuse(e.getMessage());
            }
        }
    }

    private static Map<String, Value> entries(Mapping yaml, String key) {
        return yaml.has(key)
                ? new TreeMap<>(yaml.get(key).mapping("'" + key + "'").entries())
                : Map.of();
    }

    private static DeclaredTable table(String name, Mapping said, Path warehouse) {
        said.allow(
                "location",
                "format",
                "columns",
                "key",
                "partition-by",
                "file-sort-order",
                "comment",
                "options");
        int dot = name.lastIndexOf('.');
        Map<String, String> options = new TreeMap<>();
        if (said.has("options")) {
            Mapping given = said.get("options").mapping("'options'");
            given.entries().keySet().forEach(key -> options.put(key, given.required(key)));
        }
        String format = said.text("format", "delta");
        boolean delta = format.equals("delta");
        options.put("connector", delta ? "delta" : "listing");
        if (!delta) {
            options.put("format", format);
        }
        String location = said.required("location");
        boolean absolute =
                location.startsWith("/") || location.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
        options.put("path", absolute ? location : warehouse + "/" + location);
        String table = name.substring(dot + 1);
        if (delta) {
            options.putIfAbsent("dataset", table);
        }
        if (said.has("file-sort-order")) {
            options.put("file-sort-order", String.join(", ", said.texts("file-sort-order")));
        }
        return new DeclaredTable(
                dot < 0 ? DeltaCatalog.DEFAULT_DATABASE : name.substring(0, dot),
                table,
                said.text("comment", ""),
                columns(said),
                list(said, "key"),
                list(said, "partition-by"),
                options);
    }

    private static Map<String, String> columns(Mapping said) {
        Map<String, String> columns = new LinkedHashMap<>();
        if (said.has("columns")) {
            Mapping given = said.get("columns").mapping("'columns'");
            given.entries().keySet().forEach(name -> columns.put(name, given.required(name)));
        }
        return columns;
    }

    private static List<String> list(Mapping said, String key) {
        return said.has(key) ? said.texts(key) : List.of();
    }
}
