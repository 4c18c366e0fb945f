package io.millrace.pipeline.definition;

import io.millrace.functions.SemanticKinds;
import io.millrace.session.StrictYaml.Mapping;
import io.millrace.session.StrictYaml.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the semantic kinds that a pipeline declares: of its own, and of columns. */
final class KindsReader {
    private KindsReader() {}

    /** Kinds of columns, by dataset and column. */
    static Map<String, Map<String, String>> read(Mapping yaml) {
        Set<String> known = new HashSet<>(SemanticKinds.BUILT_IN);
        for (Value own : yaml.list("kinds")) {
            String kind = own.text("a kind");
            if (!SemanticKinds.isName(kind)) {
                throw own.place().refuse("'" + kind + "' is not the name of a kind");
            }
            known.add(kind);
        }
        Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
        for (String part : new String[] {"sources", "results"}) {
            for (Value dataset : yaml.list(part)) {
                Mapping said = dataset.mapping("a dataset");
                kinds.put(said.required("name"), columns(said, known));
            }
        }
        return kinds;
    }

    private static Map<String, String> columns(Mapping dataset, Set<String> known) {
        Map<String, String> columns = new LinkedHashMap<>();
        if (dataset.has("kinds")) {
            Mapping kinds = dataset.get("kinds").mapping("'kinds'");
            for (String column : kinds.entries().keySet()) {
                String kind = kinds.required(column);
                if (!known.contains(kind)) {
                    throw kinds.get(column)
                            .place()
                            .refuse(
                                    "there is no kind '"
                                            + kind
                                            + "'; known are "
                                            + new TreeSet<>(known)
                                            + ", and what the pipeline names under kinds");
                }
                columns.put(column, kind);
            }
        }
        return columns;
    }
}
