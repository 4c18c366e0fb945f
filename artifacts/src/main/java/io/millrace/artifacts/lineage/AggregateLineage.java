package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.planner.plan.logical.LogicalWindow;
import org.apache.flink.table.planner.plan.metadata.FlinkRelMetadataQuery;
import org.apache.flink.table.planner.plan.nodes.calcite.Expand;
import org.apache.flink.table.planner.plan.nodes.calcite.TableAggregate;
import org.apache.flink.table.planner.plan.nodes.calcite.WindowAggregate;
import org.apache.flink.table.planner.plan.nodes.calcite.WindowTableAggregate;
import org.apache.flink.table.planner.plan.utils.WindowUtil;

/** Nodes that make one row of a group of rows. */
final class AggregateLineage {
    private final LineageContext context;

    AggregateLineage(LineageContext context) {
        this.context = context;
    }

    Flow aggregate(Aggregate node, Flow input) {
        Map<String, String> details = details(node, node.getGroupSet(), node.getAggCallList());
        details.put("kind", isOfWindows(node) ? "window" : "group");
        Flow groups = groups(node.getGroupSet(), input);
        List<NavigableSet<Origin>> fields = new ArrayList<>(groups.fields());
        node.getAggCallList().forEach(call -> fields.add(call(call, input)));
        NavigableSet<Origin> rows = groups.rows();
        if (node instanceof WindowAggregate windows) {
            details.put("kind", "window");
            details.put("window", windows.getWindow().toString());
            rows.addAll(properties(windows.getWindow(), node, input, fields));
        }
        return new Flow(fields, rows, context.step("aggregate", details, input));
    }

    Flow tableAggregate(TableAggregate node, Flow input) {
        Map<String, String> details = details(node, node.getGroupSet(), node.getAggCallList());
        details.put("kind", "table");
        Flow groups = groups(node.getGroupSet(), input);
        List<NavigableSet<Origin>> fields = new ArrayList<>(groups.fields());
        NavigableSet<Origin> rows = groups.rows();
        NavigableSet<Origin> values =
                Origins.union(
                        node.getAggCallList().stream().map(call -> call(call, input)).toList());
        // How many rows come of a group depends on the function.
        rows.addAll(Origins.deciding(values, Influence.FILTER));
        int properties =
                node instanceof WindowTableAggregate windows
                        ? windows.getNamedProperties().size()
                        : 0;
        while (fields.size() < node.getRowType().getFieldCount() - properties) {
            fields.add(values);
        }
        if (node instanceof WindowTableAggregate windows) {
            details.put("window", windows.getWindow().toString());
            rows.addAll(properties(windows.getWindow(), node, input, fields));
        }
        return new Flow(fields, rows, context.step("aggregate", details, input));
    }

    /** One row for each list of expressions: what GROUPING SETS are made of. */
    Flow expand(Expand node, Flow input) {
        Expressions expressions = context.expressions(input.fields());
        List<NavigableSet<Origin>> fields = new ArrayList<>();
        for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
            NavigableSet<Origin> field = new TreeSet<>();
            for (List<RexNode> row : node.projects()) {
                field.addAll(expressions.of(row.get(i)));
            }
            fields.add(field);
        }
        Map<String, String> details = Map.of("sets", Integer.toString(node.projects().size()));
        return new Flow(fields, input.rows(), context.step("expand", details, input));
    }

    private static Flow groups(ImmutableBitSet keys, Flow input) {
        List<NavigableSet<Origin>> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.fields().get(key)));
        return new Flow(
                fields,
                Origins.union(
                        input.rows(), Origins.deciding(input.fields(), keys, Influence.GROUP_BY)),
                input.operation());
    }

    private NavigableSet<Origin> call(AggregateCall call, Flow input) {
        context.functions().add(call.getAggregation());
        List<NavigableSet<Origin>> arguments =
                call.getArgList().stream().map(input.fields()::get).toList();
        NavigableSet<Origin> origins = Origins.union(arguments);
        if (!isPassedOn(call)) {
            origins = Origins.through(origins, Influence.AGGREGATION);
        }
        if (call.hasFilter()) {
            origins.addAll(Origins.deciding(input.fields().get(call.filterArg), Influence.FILTER));
        }
        origins.addAll(
                Origins.deciding(input.fields(), positions(call.getCollation()), Influence.SORT));
        return origins;
    }

    /** Whether an aggregate stands for a key, or for the one value there is. */
    private static boolean isPassedOn(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.SINGLE_VALUE
                || call.getAggregation().getName().equals("AUXILIARY_GROUP");
    }

    /** Adds the start, end and the like of a window; returns what it does to the rows. */
    private static NavigableSet<Origin> properties(
            LogicalWindow window, RelNode node, Flow input, List<NavigableSet<Origin>> fields) {
        int position =
                node.getInput(0)
                        .getRowType()
                        .getFieldNames()
                        .indexOf(window.timeAttribute().getName());
        NavigableSet<Origin> time = position < 0 ? Origins.none() : input.fields().get(position);
        while (fields.size() < node.getRowType().getFieldCount()) {
            fields.add(Origins.through(time, Influence.TRANSFORMATION));
        }
        return Origins.deciding(time, Influence.WINDOW);
    }

    private static boolean isOfWindows(Aggregate node) {
        FlinkRelMetadataQuery query =
                FlinkRelMetadataQuery.reuseOrCreate(node.getCluster().getMetadataQuery());
        return WindowUtil.groupingContainsWindowStartEnd(
                node.getGroupSet(), query.getRelWindowProperties(node.getInput()));
    }

    private static List<Integer> positions(RelCollation order) {
        return order.getFieldCollations().stream().map(field -> field.getFieldIndex()).toList();
    }

    private static Map<String, String> details(
            RelNode node, ImmutableBitSet keys, List<AggregateCall> calls) {
        RelNode input = node.getInput(0);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("keys", LineageContext.names(keys, input));
        details.put(
                "functions",
                calls.stream().map(call -> text(call, input)).collect(Collectors.joining(", ")));
        return details;
    }

    private static String text(AggregateCall call, RelNode input) {
        String filter =
                call.hasFilter()
                        ? " FILTER " + LineageContext.names(List.of(call.filterArg), input)
                        : "";
        return call.getAggregation().getName().toUpperCase(Locale.ROOT)
                + "("
                + (call.isDistinct() ? "DISTINCT " : "")
                + LineageContext.names(call.getArgList(), input)
                + ")"
                + filter;
    }
}
