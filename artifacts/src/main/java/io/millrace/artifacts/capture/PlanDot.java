package io.millrace.artifacts.capture;

import io.millrace.artifacts.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** Nodes of a plan as a graph in Graphviz's language. */
final class PlanDot {
    private static final int LONGEST = 60;

    private PlanDot() {}

    static List<String> lines(List<PlanNode> nodes) {
        List<String> lines = new ArrayList<>();
        lines.add("digraph plan {");
        lines.add("  rankdir=LR; node [shape=box, fontname=\"sans-serif\"];");
        for (PlanNode node : nodes) {
            lines.add("  n%d [label=%s];".formatted(node.number(), quoted(label(node))));
            for (int input : node.inputs()) {
                lines.add("  n%d -> n%d;".formatted(input, node.number()));
            }
        }
        lines.add("}");
        return lines;
    }

    private static String label(PlanNode node) {
        StringBuilder label = new StringBuilder(node.type());
        node.attributes()
                .forEach(
                        (name, text) ->
                                label.append('\n').append(name).append('=').append(cut(text)));
        return node.changelog().isEmpty()
                ? label.toString()
                : label.append('\n').append(node.changelog()).toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
