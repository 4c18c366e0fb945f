package io.millrace.artifacts.capture;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanNode;
import io.millrace.artifacts.PlanStages;
import io.millrace.artifacts.TaskGraph;
import io.millrace.artifacts.lineage.LineageJson;
import io.millrace.delta.scan.ScanUnit;
import io.millrace.delta.table.Secrets;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON documents of a bundle. */
final class PlanDocuments {
    private PlanDocuments() {}

    /** Nodes of each stage, without what is estimated. */
    static Map<String, Object> nodes(PlanStages stages) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ast", nodes(stages.astNodes()));
        document.put("logical", nodes(stages.logicalNodes()));
        document.put("physical", nodes(stages.physicalNodes()));
        return document;
    }

    private static List<Map<String, Object>> nodes(List<PlanNode> nodes) {
        return nodes.stream().map(PlanDocuments::node).toList();
    }

    private static Map<String, Object> node(PlanNode node) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("number", node.number());
        document.put("type", node.type());
        document.put("inputs", node.inputs());
        document.put("attributes", node.attributes());
        document.put("columns", node.columns());
        if (!node.changelog().isEmpty()) {
            document.put("changelog", node.changelog());
            document.put("upsert_keys", node.upsertKeys());
        }
        return document;
    }

    /** What the planner expected, by number of the node. */
    static List<Map<String, Object>> estimates(List<PlanNode> nodes) {
        return nodes.stream()
                .map(
                        node -> {
                            Map<String, Object> document = new LinkedHashMap<>();
                            document.put("number", node.number());
                            document.put("type", node.type());
                            document.put("rows", node.rows() < 0 ? null : node.rows());
                            document.put("cost", node.cost());
                            return document;
                        })
                .toList();
    }

    static Map<String, Object> tasks(TaskGraph graph) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tasks", graph.tasks());
        document.put("generations", graph.generations());
        document.put("critical_path", graph.criticalPath());
        return document;
    }

    static Map<String, Object> functions(PlanBundle bundle) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("snapshot", bundle.functions());
        document.put("required", LineageJson.document(bundle.lineage()).get("functions"));
        return document;
    }

    /** Columns of the sources by name, as Arrow schemas. */
    static Map<String, Object> schemas(PlanBundle bundle) throws IOException {
        Map<String, Object> schemas = new TreeMap<>();
        for (DatasetResolution dataset : bundle.datasets()) {
            if (!dataset.schema().isEmpty()) {
                schemas.put(dataset.dataset(), Json.MAPPER.readTree(dataset.schema()));
            }
        }
        return schemas;
    }

    static Map<String, Object> scanUnit(ScanUnit unit) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("dataset", unit.dataset());
        values.put("version", unit.version());
        values.put("files_kept", unit.filesKept());
        values.put("files_all", unit.filesAll());
        values.put("bytes", unit.bytes());
        values.put("rows", unit.rows().isPresent() ? unit.rows().getAsLong() : null);
        values.put("filter", unit.filter());
        values.put("columns", unit.columns());
        return values;
    }

    static Map<String, Object> manifest(PlanBundle bundle) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("pipeline", bundle.pipeline());
        manifest.put("plan_id", bundle.planId());
        manifest.put("created", Instant.now().toString());
        manifest.put("java", System.getProperty("java.version"));
        manifest.put("warehouse", bundle.origin().warehouse());
        Map<String, String> params = new TreeMap<>();
        bundle.origin()
                .params()
                .forEach(
                        (name, value) ->
                                params.put(
                                        name,
                                        DatasetResolution.withoutCredentials(
                                                Secrets.shown(name, value))));
        manifest.put("params", params);
        manifest.put("datasets", bundle.datasets().stream().map(PlanDocuments::dataset).toList());
        manifest.put("settings", bundle.settings().settings());
        return manifest;
    }

    private static Map<String, Object> dataset(DatasetResolution dataset) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("dataset", dataset.dataset());
        values.put("role", dataset.role());
        values.put("location", dataset.publicLocation());
        values.put("table_id", dataset.tableId());
        values.put("version", dataset.version());
        values.put("key", dataset.key());
        values.put("identity_hash", dataset.identityHash());
        values.put("protocol", dataset.protocol());
        return values;
    }
}
