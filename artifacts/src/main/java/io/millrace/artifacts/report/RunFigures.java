package io.millrace.artifacts.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Figures of a run as the page has them. */
final class RunFigures {
    /** Names on the page of what a stored run calls otherwise. */
    private static final Map<String, String> RUN = Map.of("started_at", "started");

    private static final Map<String, String> OPERATOR =
            Map.of(
                    "exec_node_id", "id",
                    "operator", "name",
                    "back_pressured_ms", "backpressured_ms");

    private RunFigures() {}

    /** Of the page's own form, or of a stored run with its {@code operator_metrics}. */
    static JsonNode of(JsonNode given) {
        if (!given.path("operator_metrics").isArray()) {
            return given;
        }
        ObjectNode run = BundleFiles.MAPPER.createObjectNode();
        given.properties().stream()
                .filter(field -> field.getValue().isValueNode() && !field.getValue().isNull())
                .forEach(
                        field ->
                                run.set(
                                        RUN.getOrDefault(field.getKey(), field.getKey()),
                                        field.getValue()));
        ArrayNode nodes = run.putArray("nodes");
        for (JsonNode operator : given.path("operator_metrics")) {
            ObjectNode node = nodes.addObject();
            operator.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(
                            field ->
                                    node.set(
                                            OPERATOR.getOrDefault(field.getKey(), field.getKey()),
                                            field.getValue()));
        }
        return run;
    }
}
