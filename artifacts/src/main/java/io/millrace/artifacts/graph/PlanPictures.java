package io.millrace.artifacts.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.artifacts.graph.Graph.Arrow;
import io.millrace.artifacts.graph.Graph.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents of a bundle as graphs. */
public final class PlanPictures {
    private static final Pattern PHASE =
            Pattern.compile("^(StreamPhysical|BatchPhysical|FlinkLogical|Logical)");

    private static final Pattern TABLE =
            Pattern.compile("^(?:table=)?\\[*[^,.\\[\\]]+(?:, |\\.)[^,.]+(?:, |\\.)([^,\\]]+)");
    private static final Pattern OPENING = Pattern.compile("^(\\w+=)?\\[+");

    /** Attributes worth a line in a box, the first that is there. */
    private static final List<String> TELLING =
            List.of("table", "condition", "where", "groupBy", "distribution", "select", "fields");

    private PlanPictures() {}

    /**
     * The nodes of a stage; boxes are {@code n<number>}.
     *
     * @param nodes as {@code nodes.json} has them
     */
    public static Graph nodes(JsonNode nodes) {
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        for (JsonNode node : nodes) {
            String id = "n" + node.path("number").asInt();
            String type = PHASE.matcher(node.path("type").asText()).replaceFirst("");
            List<String> lines = new ArrayList<>();
            for (String name : TELLING) {
                if (lines.isEmpty() && node.path("attributes").hasNonNull(name)) {
                    lines.add(
                            line(
                                    node.path("attributes").path(name).asText(),
                                    name.equals("table")));
                }
            }
            if (node.hasNonNull("changelog")) {
                lines.add(node.path("changelog").asText());
            }
            boxes.add(new Box(id, kind(type), type, lines));
            for (JsonNode input : node.path("inputs")) {
                arrows.add(new Arrow("n" + input.asInt(), id));
            }
        }
        return new Graph(boxes, arrows);
    }

    /**
     * What runs; boxes are {@code n<exec node id>}.
     *
     * @param plan Flink's compiled plan
     */
    public static Graph operators(JsonNode plan) {
        List<Box> boxes = new ArrayList<>();
        for (JsonNode node : plan.path("nodes")) {
            String type = operator(node);
            List<String> lines = new ArrayList<>();
            String description = node.path("description").asText();
            String what = description.substring(description.indexOf('(') + 1);
            lines.add(line(what, what.startsWith("table=")));
            if (node.has("state")) {
                lines.add("keeps state");
            }
            boxes.add(
                    new Box(
                            "n" + node.path("id").asInt(),
                            kind(type.replace("-", "")),
                            type + "[" + node.path("id").asInt() + "]",
                            lines));
        }
        List<Arrow> arrows = new ArrayList<>();
        for (JsonNode edge : plan.path("edges")) {
            arrows.add(
                    new Arrow(
                            "n" + edge.path("source").asInt(), "n" + edge.path("target").asInt()));
        }
        return new Graph(boxes, arrows);
    }

    /** {@code stream-exec-join_1} is a join. */
    public static String operator(JsonNode node) {
        return node.path("type")
                .asText()
                .replaceFirst("^(stream|batch)-exec-", "")
                .replaceFirst("_\\d+$", "");
    }

    /**
     * Datasets, scans, views and results; boxes are {@code t<place>}.
     *
     * @param tasks as {@code task-graph.json} has them
     */
    public static Graph tasks(JsonNode tasks) {
        Map<String, String> ids = new HashMap<>();
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        for (JsonNode task : tasks) {
            String id = "t" + boxes.size();
            String name = task.path("name").asText();
            String kind = task.path("kind").asText().toLowerCase(Locale.ROOT);
            ids.put(name, id);
            boxes.add(new Box(id, kind, name.substring(name.indexOf(' ') + 1), List.of(kind)));
            for (JsonNode need : task.path("needs")) {
                arrows.add(new Arrow(ids.get(need.asText()), id));
            }
        }
        return new Graph(boxes, arrows);
    }

    /** What a text begins with: of a table its own name, of others what they hold. */
    private static String line(String text, boolean isTable) {
        Matcher table = TABLE.matcher(text);
        if (isTable && table.find()) {
            return table.group(1);
        }
        return OPENING.matcher(text.replaceAll("\\s+", " ")).replaceFirst("");
    }

    private static String kind(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.contains("scan")) {
            return "dataset";
        }
        return lower.contains("sink") ? "result" : "step";
    }
}
