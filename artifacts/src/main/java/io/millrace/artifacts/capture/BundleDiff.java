package io.millrace.artifacts.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs between two bundles, in lines that begin with what they are about: {@code dataset},
 * {@code column}, {@code lineage}, {@code rows}, {@code function}, {@code setting}, {@code engine},
 * {@code operator}, {@code state}, {@code cost}. Empty where only text differs.
 */
final class BundleDiff {
    private final Path before;
    private final Path after;
    private final List<String> lines = new ArrayList<>();

    private BundleDiff(Path before, Path after) {
        this.before = before;
        this.after = after;
    }

    /** The lines, sorted within each kind. */
    static List<String> between(Path before, Path after) {
        BundleDiff diff = new BundleDiff(before, after);
        diff.compare("dataset", BundleStore.MANIFEST, BundleDiff::datasets);
        diff.compare("column", "schemas.json", BundleDiff::sourceColumns);
        diff.compare("lineage", "lineage.json", BundleDiff::origins);
        diff.compare("rows", "lineage.json", BundleDiff::rows);
        diff.compare("function", BundleStore.FUNCTIONS, BundleDiff::functions);
        diff.compare("setting", BundleStore.SETTINGS, BundleDiff::texts);
        diff.compare("engine", BundleStore.ENGINE, BundleDiff::texts);
        diff.compare("operator", BundleStore.COMPILED_PLAN, BundleDiff::operators);
        diff.state();
        diff.compare("cost", BundleStore.ESTIMATES, BundleDiff::cost);
        return diff.lines;
    }

    /** What a file says, by name of what it says it of. */
    private interface Reading {
        SortedMap<String, String> of(JsonNode file);
    }

    private void compare(String kind, String file, Reading reading) {
        SortedMap<String, String> then = reading.of(json(before, file));
        SortedMap<String, String> now = reading.of(json(after, file));
        NavigableSet<String> names = new TreeSet<>(then.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String old = then.get(name);
            String fresh = now.get(name);
            if (old == null) {
                lines.add(kind + " " + name + ": added" + said(fresh));
            } else if (fresh == null) {
                lines.add(kind + " " + name + ": removed" + said(old));
            } else if (!old.equals(fresh)) {
                lines.add(kind + " " + name + ": was " + old + " and is " + fresh);
            }
        }
    }

    private static String said(String text) {
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    /** Which operators find their state again after a restart from a savepoint: by their ids. */
    private void state() {
        SortedMap<String, String> then = states(json(before, BundleStore.COMPILED_PLAN));
        SortedMap<String, String> now = states(json(after, BundleStore.COMPILED_PLAN));
        then.forEach(
                (operator, content) -> {
                    String fresh = now.get(operator);
                    if (fresh == null) {
                        lines.add(
                                "state " + operator + ": lost, there is no such operator any more");
                    } else {
                        lines.add(
                                "state "
                                        + operator
                                        + (fresh.equals(content)
                                                ? ": kept"
                                                : ": lost, the operator is another"));
                    }
                });
        now.keySet().stream()
                .filter(operator -> !then.containsKey(operator))
                .forEach(operator -> lines.add("state " + operator + ": new, begins empty"));
    }

    private static SortedMap<String, String> states(JsonNode plan) {
        SortedMap<String, String> states = new TreeMap<>();
        for (JsonNode node : plan.path("nodes")) {
            if (node.has("state")) {
                String content =
                        node.path("type").asText()
                                + PlanText.normal(node.path("description").asText())
                                + node.path("outputType")
                                + node.path("state");
                states.put(operator(node), content);
            }
        }
        return states;
    }

    private static String operator(JsonNode node) {
        String type = node.path("type").asText();
        String name = type.replaceFirst("^(stream|batch)-exec-", "").replaceFirst("_\\d+$", "");
        return name + "[" + node.path("id").asInt() + "]";
    }

    /** Descriptions of operators with how often each is there; their numbers do not count. */
    private static SortedMap<String, String> operators(JsonNode plan) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (JsonNode node : plan.path("nodes")) {
            counts.merge(PlanText.normal(node.path("description").asText()), 1, Integer::sum);
        }
        SortedMap<String, String> operators = new TreeMap<>();
        counts.forEach(
                (description, count) ->
                        operators.put(description, count == 1 ? "" : count + " times"));
        return operators;
    }

    private static SortedMap<String, String> datasets(JsonNode manifest) {
        SortedMap<String, String> datasets = new TreeMap<>();
        for (JsonNode dataset : manifest.path("datasets")) {
            datasets.put(
                    dataset.path("dataset").asText(),
                    "%s, key %s, protocol %s"
                            .formatted(
                                    dataset.path("role").asText(),
                                    dataset.path("key"),
                                    dataset.path("protocol").asText()));
        }
        return datasets;
    }

    private static SortedMap<String, String> sourceColumns(JsonNode schemas) {
        SortedMap<String, String> columns = new TreeMap<>();
        for (Map.Entry<String, JsonNode> dataset : schemas.properties()) {
            for (JsonNode field : dataset.getValue().path("fields")) {
                columns.put(
                        dataset.getKey() + "." + field.path("name").asText(),
                        field.path("type")
                                + (field.path("nullable").asBoolean(true) ? "" : " NOT NULL"));
            }
        }
        return columns;
    }

    private static SortedMap<String, String> origins(JsonNode lineage) {
        SortedMap<String, String> origins = new TreeMap<>();
        for (JsonNode result : lineage.path("results")) {
            for (JsonNode column : result.path("columns")) {
                origins.put(
                        result.path("dataset").asText() + "." + column.path("column").asText(),
                        text(column.path("origins")));
            }
        }
        return origins;
    }

    private static SortedMap<String, String> rows(JsonNode lineage) {
        SortedMap<String, String> rows = new TreeMap<>();
        for (JsonNode result : lineage.path("results")) {
            rows.put(result.path("dataset").asText(), text(result.path("rows")));
        }
        return rows;
    }

    private static String text(JsonNode origins) {
        List<String> texts = new ArrayList<>();
        for (JsonNode origin : origins) {
            texts.add(
                    origin.path("dataset").asText()
                            + "."
                            + origin.path("column").asText()
                            + " "
                            + origin.path("subtype").asText());
        }
        return texts.isEmpty() ? "nothing" : texts.stream().collect(Collectors.joining(", "));
    }

    private static SortedMap<String, String> functions(JsonNode functions) {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("snapshot", functions.path("snapshot").asText());
        for (JsonNode function : functions.path("required")) {
            versions.put(
                    function.path("name").asText(), "version " + function.path("version").asText());
        }
        return versions;
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        SortedMap<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(
                        entry ->
                                texts.put(
                                        entry.getKey(),
                                        entry.getValue().isTextual()
                                                ? entry.getValue().asText()
                                                : entry.getValue().toString()));
        return texts;
    }

    private static SortedMap<String, String> cost(JsonNode estimates) {
        SortedMap<String, String> cost = new TreeMap<>();
        for (JsonNode node : estimates) {
            if (node.path("type").asText().endsWith("Sink")) {
                cost.merge("of all results", node.path("cost").asText(), (a, b) -> a + " + " + b);
            }
        }
        return cost;
    }

    private static JsonNode json(Path folder, String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path)
                    ? Json.MAPPER.readTree(Files.readString(path))
                    : Json.MAPPER.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder.resolve(file) + ": cannot be compared: " + e.getMessage(), e);
        }
    }
}
