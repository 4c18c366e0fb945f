package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.plan.nodes.logical.FlinkLogicalJoin;
import org.apache.flink.table.planner.plan.nodes.logical.FlinkLogicalMultiJoin;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;
import org.apache.flink.table.planner.plan.utils.IntervalJoinUtil;
import org.apache.flink.table.planner.plan.utils.WindowJoinUtil;

/** Nodes that bring several relations together. */
final class JoinLineage {
    private final LineageContext context;

    JoinLineage(LineageContext context) {
        this.context = context;
    }

    Flow join(Join join, Flow left, Flow right) {
        List<NavigableSet<Origin>> both = concat(left, right);
        NavigableSet<Origin> rows = Origins.union(left.rows(), right.rows());
        rows.addAll(context.expressions(both).deciding(join.getCondition(), Influence.JOIN));
        int step = context.step("join", details(join), left, right);
        return new Flow(join.getJoinType().projectsRight() ? both : left.fields(), rows, step);
    }

    private static Map<String, String> details(Join join) {
        List<String> left = join.getLeft().getRowType().getFieldNames();
        List<String> right = join.getRight().getRowType().getFieldNames();
        List<String> both = new ArrayList<>(left);
        both.addAll(right);
        JoinInfo keys = join.analyzeCondition();
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < keys.leftKeys.size(); i++) {
            pairs.add(left.get(keys.leftKeys.get(i)) + " = " + right.get(keys.rightKeys.get(i)));
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("type", join.getJoinType().name().toLowerCase(Locale.ROOT));
        details.put("kind", kind(join));
        details.put("keys", String.join(", ", pairs));
        details.put(
                "condition",
                keys.nonEquiConditions.stream()
                        .map(condition -> LineageContext.text(condition, both))
                        .sorted()
                        .collect(Collectors.joining(" AND ")));
        return details;
    }

    private static String kind(Join join) {
        Snapshot version = version(join.getRight());
        if (version != null) {
            return FlinkTypeFactory.isProctimeIndicatorType(version.getPeriod().getType())
                            && isLookup(version)
                    ? "lookup"
                    : "temporal";
        } else if (join instanceof FlinkLogicalJoin logical
                && WindowJoinUtil.satisfyWindowJoin(logical)) {
            return "window";
        }
        return IntervalJoinUtil.satisfyIntervalJoin(join) ? "interval" : "regular";
    }

    private static Snapshot version(RelNode node) {
        if (node instanceof Snapshot snapshot) {
            return snapshot;
        }
        return node.getInputs().size() == 1 ? version(node.getInput(0)) : null;
    }

    private static boolean isLookup(RelNode node) {
        if (node instanceof TableScan scan) {
            TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
            return table != null && table.tableSource() instanceof LookupTableSource;
        }
        return node.getInputs().size() == 1 && isLookup(node.getInput(0));
    }

    Flow multiJoin(FlinkLogicalMultiJoin join, List<Flow> inputs) {
        List<NavigableSet<Origin>> all = concat(inputs.toArray(Flow[]::new));
        List<RexNode> conditions = new ArrayList<>(join.getJoinConditions());
        conditions.add(join.getJoinFilter());
        conditions.add(join.getPostJoinFilter());
        Expressions expressions = context.expressions(all);
        NavigableSet<Origin> rows = rows(inputs);
        NavigableSet<String> texts = new TreeSet<>();
        for (RexNode condition : conditions) {
            if (condition != null) {
                rows.addAll(expressions.deciding(condition, Influence.JOIN));
                texts.add(LineageContext.text(condition, join.getRowType().getFieldNames()));
            }
        }
        Map<String, String> details =
                Map.of(
                        "kind", "multi",
                        "type", join.getJoinTypes().toString().toLowerCase(Locale.ROOT),
                        "condition", String.join(" AND ", texts));
        return new Flow(all, rows, context.step("join", details, inputs.toArray(Flow[]::new)));
    }

    /** The left side's rows are known to the right side, which is why it comes second. */
    Flow correlate(Correlate correlate, Flow left, Flow right) {
        int step =
                context.step(
                        "correlate",
                        Map.of("type", correlate.getJoinType().name().toLowerCase(Locale.ROOT)),
                        left,
                        right);
        return new Flow(
                correlate.getJoinType().projectsRight() ? concat(left, right) : left.fields(),
                Origins.union(left.rows(), right.rows()),
                step);
    }

    Flow setOperation(SetOp node, List<Flow> inputs) {
        List<NavigableSet<Origin>> fields = new ArrayList<>();
        NavigableSet<Origin> rows = rows(inputs);
        for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
            int field = i;
            fields.add(
                    node instanceof Union
                            ? Origins.union(
                                    inputs.stream().map(in -> in.fields().get(field)).toList())
                            : inputs.get(0).fields().get(field));
        }
        if (!(node instanceof Union) || !node.all) {
            inputs.forEach(in -> rows.addAll(Origins.deciding(in.everything(), Influence.JOIN)));
        }
        Map<String, String> details =
                Map.of(
                        "type",
                        node.kind.name().toLowerCase(Locale.ROOT) + (node.all ? " all" : ""));
        return new Flow(
                fields, rows, context.step("set operation", details, inputs.toArray(Flow[]::new)));
    }

    private static NavigableSet<Origin> rows(List<Flow> inputs) {
        return Origins.union(inputs.stream().map(Flow::rows).toList());
    }

    private static List<NavigableSet<Origin>> concat(Flow... inputs) {
        List<NavigableSet<Origin>> fields = new ArrayList<>();
        for (Flow input : inputs) {
            fields.addAll(input.fields());
        }
        return fields;
    }
}
