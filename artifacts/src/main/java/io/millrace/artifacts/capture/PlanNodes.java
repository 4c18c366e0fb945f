package io.millrace.artifacts.capture;

import io.millrace.artifacts.PlanNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.externalize.RelWriterImpl;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Pair;
import org.apache.flink.table.planner.plan.metadata.FlinkRelMetadataQuery;
import org.apache.flink.table.planner.plan.nodes.physical.FlinkPhysicalRel;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalRel;
import org.apache.flink.table.planner.plan.utils.ChangelogPlanUtils;

/** Trees of a plan as nodes that refer to each other; a node with several readers is there once. */
final class PlanNodes {
    private final Map<RelNode, Integer> numbers = new HashMap<>();
    private final List<PlanNode> nodes = new ArrayList<>();

    private PlanNodes() {}

    static List<PlanNode> of(List<RelNode> roots) {
        PlanNodes reading = new PlanNodes();
        roots.forEach(reading::number);
        return reading.nodes;
    }

    private int number(RelNode node) {
        Integer known = numbers.get(node);
        if (known != null) {
            return known;
        }
        List<Integer> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(number(input));
        }
        int number = nodes.size() + 1;
        numbers.put(node, number);
        nodes.add(read(node, number, inputs));
        return number;
    }

    private static PlanNode read(RelNode node, int number, List<Integer> inputs) {
        FlinkRelMetadataQuery query =
                FlinkRelMetadataQuery.reuseOrCreate(node.getCluster().getMetadataQuery());
        boolean changes = node instanceof StreamPhysicalRel;
        // Of trees before the physical phase they would be asked for in vain.
        boolean estimated = node instanceof FlinkPhysicalRel;
        RelOptCost cost = estimated ? query.getCumulativeCost(node) : null;
        Double rows = estimated ? query.getRowCount(node) : null;
        return new PlanNode(
                number,
                node.getRelTypeName(),
                attributes(node),
                columns(node),
                changes
                        ? ChangelogPlanUtils.stringifyChangelogMode(
                                ChangelogPlanUtils.getChangelogMode((StreamPhysicalRel) node))
                        : "",
                changes ? keys(query.getUpsertKeys(node), node) : List.of(),
                rows == null ? -1 : rows,
                cost == null ? "" : cost.toString(),
                inputs);
    }

    private static List<String> columns(RelNode node) {
        return node.getRowType().getFieldList().stream()
                .map(field -> field.getName() + " " + field.getType().getFullTypeString())
                .toList();
    }

    private static List<List<String>> keys(Set<ImmutableBitSet> keys, RelNode node) {
        if (keys == null) {
            return List.of();
        }
        List<String> names = node.getRowType().getFieldNames();
        return keys.stream()
                .map(key -> key.asList().stream().map(names::get).sorted().toList())
                .sorted(Comparator.comparing(List::toString))
                .toList();
    }

    private static SortedMap<String, String> attributes(RelNode node) {
        SortedMap<String, String> attributes = new TreeMap<>();
        node.explain(
                new RelWriterImpl(
                        new PrintWriter(new StringWriter()),
                        SqlExplainLevel.EXPPLAN_ATTRIBUTES,
                        false) {
                    @Override
                    protected void explain_(RelNode explained, List<Pair<String, Object>> terms) {
                        for (Pair<String, Object> term : terms) {
                            if (!(term.right instanceof RelNode)) {
                                attributes.put(
                                        term.left, PlanText.normal(String.valueOf(term.right)));
                            }
                        }
                    }
                });
        return attributes;
    }
}
