package io.millrace.pipeline;

import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import io.millrace.planner.semantics.SemanticCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.Table;

/** The semantic kinds of a pipeline's columns: declared, recorded in tables, and inferred. */
final class ColumnKinds {
    private final Map<String, Map<String, String>> declared;
    private final Map<String, Map<String, String>> sources = new LinkedHashMap<>();

    ColumnKinds(Map<String, Map<String, String>> declared) {
        this.declared = Map.copyOf(declared);
    }

    /** A source: what its table records, under what the definition says. */
    void source(Dataset dataset) {
        String name = dataset.identity();
        List<String> columns = dataset.rowType().getFieldNames();
        checkColumns(name, columns);
        Map<String, String> kinds =
                new LinkedHashMap<>(dataset.snapshot().metadata().columnKinds());
        kinds.keySet().retainAll(columns);
        kinds.putAll(declared.getOrDefault(name, Map.of()));
        sources.put(name, kinds);
    }

    /**
     * The kinds of a result's columns.
     *
     * @throws RefusedException if kinds do not fit in its query, or are others than declared
     */
    Map<String, String> result(String name, Table query, FunctionRegistry functions) {
        checkColumns(name, query.getResolvedSchema().getColumnNames());
        Map<String, String> kinds =
                new LinkedHashMap<>(new SemanticCheck(sources, functions).kinds(name, query));
        declared.getOrDefault(name, Map.of())
                .forEach(
                        (column, kind) -> {
                            String inferred = kinds.put(column, kind);
                            if (inferred != null && !inferred.equals(kind)) {
                                throw new RefusedException(
                                        name
                                                + ": cannot be planned: column '"
                                                + column
                                                + "' is declared a "
                                                + kind
                                                + ", but its query gives a "
                                                + inferred
                                                + ". Correct the query or the declaration.");
                            }
                        });
        return kinds;
    }

    private void checkColumns(String name, List<String> columns) {
        for (String column : declared.getOrDefault(name, Map.of()).keySet()) {
            if (!columns.contains(column)) {
                throw new RefusedException(
                        name
                                + ": cannot be planned: a kind is declared for '"
                                + column
                                + "', which is not one of its columns "
                                + columns
                                + ". Correct the declaration.");
            }
        }
    }

    /** As the sink's option takes them. */
    static String option(Map<String, String> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + ":" + kind.getValue())
                .collect(Collectors.joining(","));
    }
}
