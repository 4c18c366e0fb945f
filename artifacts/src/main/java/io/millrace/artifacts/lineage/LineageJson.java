package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lineage as a JSON document: maps, lists, strings and numbers, in a fixed order. */
public final class LineageJson {
    private LineageJson() {}

    /**
     * The document: {@code results} with {@code columns} and {@code rows}, {@code required}, {@code
     * functions}, {@code operations}.
     */
    public static Map<String, Object> document(Lineage lineage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("results", lineage.results().stream().map(LineageJson::result).toList());
        document.put("required", lineage.required().stream().map(LineageJson::required).toList());
        document.put("functions", lineage.functions().stream().map(LineageJson::function).toList());
        document.put(
                "operations", lineage.operations().stream().map(LineageJson::operation).toList());
        return document;
    }

    private static Map<String, Object> result(ResultLineage result) {
        List<Object> columns = new ArrayList<>();
        for (ColumnLineage column : result.columns()) {
            columns.add(of("column", column.column(), "origins", origins(column.origins())));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("dataset", result.dataset());
        document.put("columns", columns);
        document.put("rows", origins(result.rows()));
        return document;
    }

    private static List<Map<String, Object>> origins(List<Origin> origins) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Origin origin : origins) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("dataset", origin.column().dataset());
            document.put("column", origin.column().column());
            document.put("type", origin.influence().isDirect() ? "DIRECT" : "INDIRECT");
            document.put("subtype", origin.influence().name());
            documents.add(document);
        }
        return documents;
    }

    private static Map<String, Object> required(DatasetColumns dataset) {
        return of("dataset", dataset.dataset(), "columns", dataset.columns());
    }

    private static Map<String, Object> function(RequiredFunction function) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", function.name());
        document.put("version", function.version());
        document.put("tags", function.tags());
        return document;
    }

    private static Map<String, Object> operation(Operation operation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("number", operation.number());
        document.put("kind", operation.kind());
        document.put("details", operation.details());
        document.put("inputs", operation.inputs());
        return document;
    }

    private static Map<String, Object> of(
            String first, Object firstValue, String second, Object secondValue) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(first, firstValue);
        document.put(second, secondValue);
        return document;
    }
}
