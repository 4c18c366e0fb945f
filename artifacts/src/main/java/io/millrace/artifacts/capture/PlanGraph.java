package io.millrace.artifacts.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The nodes and edges of a compiled plan. */
public final class PlanGraph {
    private static final Set<String> NOT_CONTENT = Set.of("id", "description");
    private static final Pattern CORRELATION = Pattern.compile("\\$cor\\d+");

    private final Map<Integer, JsonNode> nodes = new TreeMap<>();
    private final Map<Integer, List<JsonNode>> inputs = new HashMap<>();
    private final Set<Integer> consumed = new TreeSet<>();
    private final String flinkVersion;

    private PlanGraph(JsonNode plan) {
        flinkVersion = plan.path("flinkVersion").asText();
        plan.path("nodes").forEach(node -> nodes.put(node.path("id").asInt(), node));
        for (JsonNode edge : plan.path("edges")) {
            inputs.computeIfAbsent(edge.path("target").asInt(), id -> new ArrayList<>()).add(edge);
            consumed.add(edge.path("source").asInt());
        }
    }

    public static PlanGraph of(String compiledPlan) {
        try {
            return new PlanGraph(Json.MAPPER.readTree(compiledPlan));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a compiled plan: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Object names of the sources that each sink reads, directly or not, by object name of the
     * sink.
     */
    public Map<String, List<String>> sourcesOfSinks() {
        Map<String, List<String>> result = new TreeMap<>();
        nodes.forEach(
                (id, node) -> {
                    String sink = objectName(node.path("dynamicTableSink").path("table"));
                    if (!sink.isEmpty()) {
                        Set<String> sources = new TreeSet<>();
                        collectSources(id, sources);
                        result.put(sink, List.copyOf(sources));
                    }
                });
        return result;
    }

    private void collectSources(int id, Set<String> sources) {
        String source = objectName(nodes.get(id).path("scanTableSource").path("table"));
        if (!source.isEmpty()) {
            sources.add(source);
        }
        inputs.getOrDefault(id, List.of())
                .forEach(edge -> collectSources(edge.path("source").asInt(), sources));
    }

    private static String objectName(JsonNode table) {
        String identifier = table.path("identifier").asText("");
        String[] parts = identifier.split("`");
        return identifier.isEmpty() ? "" : parts[parts.length - 1];
    }

    /** What each node does, by its id. */
    public Map<Integer, String> descriptions() {
        Map<Integer, String> descriptions = new TreeMap<>();
        nodes.forEach((id, node) -> descriptions.put(id, node.path("description").asText()));
        return descriptions;
    }

    /**
     * Hash of the plan's content: node ids, descriptions, generated names and the order in which
     * nodes are listed do not count; types, expressions, schemas and the way nodes feed each other
     * do.
     */
    String contentHash() {
        Map<Integer, String> known = new HashMap<>();
        List<String> roots = new ArrayList<>();
        for (int id : nodes.keySet()) {
            String hash = hash(id, known);
            if (!consumed.contains(id)) {
                roots.add(hash);
            }
        }
        roots.sort(Comparator.naturalOrder());
        return sha256(flinkVersion + "|" + nodes.size() + "|" + String.join("|", roots));
    }

    private String hash(int id, Map<Integer, String> known) {
        String present = known.get(id);
        if (present != null) {
            return present;
        }
        StringBuilder content = new StringBuilder(canonical(nodes.get(id), true).toString());
        for (JsonNode edge : inputs.getOrDefault(id, List.of())) {
            content.append('|').append(hash(edge.path("source").asInt(), known));
            content.append(canonical(edge.path("shuffle"), false));
            content.append(edge.path("shuffleMode").asText());
        }
        String hash = sha256(content.toString());
        known.put(id, hash);
        return hash;
    }

    private static JsonNode canonical(JsonNode node, boolean top) {
        if (node instanceof ObjectNode) {
            ObjectNode sorted = Json.MAPPER.createObjectNode();
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
            fields.forEach(
                    (key, value) -> {
                        if (!(top && NOT_CONTENT.contains(key))) {
                            sorted.set(key, canonical(value, false));
                        }
                    });
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.MAPPER.createArrayNode();
            array.forEach(item -> copy.add(canonical(item, false)));
            return copy;
        }
        if (node.isTextual()) {
            return Json.MAPPER
                    .getNodeFactory()
                    .textNode(CORRELATION.matcher(node.asText()).replaceAll("\\$cor"));
        }
        return node;
    }

    /**
     * Identity of a plan: content, functions, the settings that matter, and the identity hashes of
     * the datasets with a projection, by name. The columns of the others stand in the plan.
     */
    static String planId(
            String compiledPlan,
            String functions,
            Map<String, String> settings,
            Map<String, String> datasets) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("plan", of(compiledPlan).contentHash());
        parts.put("functions", functions);
        parts.put("settings", new TreeMap<>(settings).toString());
        if (!datasets.isEmpty()) {
            parts.put("datasets", new TreeMap<>(datasets).toString());
        }
        return sha256(parts.toString()).substring(0, 32);
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
