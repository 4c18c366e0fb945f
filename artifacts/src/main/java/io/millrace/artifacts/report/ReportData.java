package io.millrace.artifacts.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.artifacts.capture.BundleStore;
import io.millrace.artifacts.graph.PlanPictures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the page's script is given. */
final class ReportData {
    private static final List<String> DOCUMENTS =
            List.of(
                    "manifest",
                    "schemas",
                    "lineage",
                    "task-graph",
                    "scan-units",
                    "estimates",
                    "functions",
                    "settings",
                    "engine",
                    "warnings",
                    "rules",
                    "queries",
                    "definition");

    private ReportData() {}

    static ObjectNode of(BundleFiles files, Optional<Path> before, Optional<JsonNode> run) {
        ObjectNode data = BundleFiles.MAPPER.createObjectNode();
        for (String document : DOCUMENTS) {
            JsonNode content = files.json(document + ".json");
            if (!content.isMissingNode()) {
                data.set(document.replace('-', '_'), content);
            }
        }
        ObjectNode nodes = data.putObject("nodes");
        JsonNode stages = files.json("nodes.json");
        stages.properties().forEach(stage -> nodes.set(stage.getKey(), stage.getValue()));
        nodes.set("exec", operators(files.json(BundleStore.COMPILED_PLAN)));
        ObjectNode texts = data.putObject("texts");
        texts.put("ast", files.text("ast.txt"));
        texts.put("logical", files.text("logical.txt"));
        texts.put("physical", files.text("physical.txt"));
        texts.put("exec", files.text("exec-plan.txt"));
        before.ifPresent(
                folder -> {
                    ObjectNode differences = data.putObject("differences");
                    differences.put(
                            "before",
                            new BundleFiles(folder).json("manifest.json").path("plan_id").asText());
                    ArrayNode lines = differences.putArray("lines");
                    BundleStore.differences(folder, files.folder()).forEach(lines::add);
                });
        run.ifPresent(metrics -> data.set("run", RunFigures.of(metrics)));
        return data;
    }

    /** The nodes of the compiled plan in the form of those of other stages. */
    private static ArrayNode operators(JsonNode plan) {
        ArrayNode operators = BundleFiles.MAPPER.createArrayNode();
        for (JsonNode node : plan.path("nodes")) {
            ObjectNode operator = operators.addObject();
            operator.set("number", node.path("id"));
            operator.put("type", PlanPictures.operator(node));
            ObjectNode attributes = operator.putObject("attributes");
            attributes.put("does", node.path("description").asText());
            for (JsonNode state : node.path("state")) {
                attributes.put(
                        "state " + state.path("name").asText(),
                        "ttl " + state.path("ttl").asText());
            }
            if (node.path("outputType").isTextual()) {
                attributes.put("rows", node.path("outputType").asText());
            }
        }
        return operators;
    }
}
