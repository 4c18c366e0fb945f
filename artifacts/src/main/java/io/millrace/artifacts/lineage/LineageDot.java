package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lineage as a graph of columns in Graphviz's language; a dashed edge is indirect. */
public final class LineageDot {
    private static final String ROWS = "(rows)";

    private LineageDot() {}

    /** The graph, in lines. */
    public static List<String> lines(Lineage lineage) {
        Map<String, Set<String>> sources = new TreeMap<>();
        Map<String, Set<String>> edges = new TreeMap<>();
        for (ResultLineage result : lineage.results()) {
            result.rows().forEach(origin -> add(sources, edges, origin, target(result, ROWS)));
            for (ColumnLineage column : result.columns()) {
                column.origins()
                        .forEach(
                                origin ->
                                        add(
                                                sources,
                                                edges,
                                                origin,
                                                target(result, column.column())));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("digraph lineage {");
        lines.add("  rankdir=LR; node [shape=box, fontname=\"sans-serif\"];");
        sources.forEach((dataset, columns) -> cluster(lines, "from", dataset, columns));
        for (ResultLineage result : lineage.results()) {
            Set<String> columns = new LinkedHashSet<>();
            result.columns().forEach(column -> columns.add(column.column()));
            columns.add(ROWS);
            cluster(lines, "to", result.dataset(), columns);
        }
        edges.forEach((edge, attributes) -> attributes.forEach(text -> lines.add(edge + text)));
        lines.add("}");
        return lines;
    }

    private static String target(ResultLineage result, String column) {
        return id("to", result.dataset(), column);
    }

    private static void add(
            Map<String, Set<String>> sources,
            Map<String, Set<String>> edges,
            Origin origin,
            String target) {
        ColumnName column = origin.column();
        sources.computeIfAbsent(column.dataset(), name -> new TreeSet<>()).add(column.column());
        String style = origin.influence().isDirect() ? "solid" : "dashed";
        edges.computeIfAbsent(
                        "  " + id("from", column.dataset(), column.column()) + " -> " + target,
                        edge -> new TreeSet<>())
                .add(" [style=%s, label=\"%s\"];".formatted(style, origin.influence()));
    }

    private static void cluster(
            List<String> lines, String side, String dataset, Set<String> columns) {
        lines.add("  subgraph " + quoted("cluster_" + side + " " + dataset) + " {");
        lines.add("    label=" + quoted(dataset) + ";");
        for (String column : columns) {
            lines.add("    %s [label=%s];".formatted(id(side, dataset, column), quoted(column)));
        }
        lines.add("  }");
    }

    private static String id(String side, String dataset, String column) {
        return quoted(side + " " + dataset + "." + column);
    }

    /** A string of the language. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
