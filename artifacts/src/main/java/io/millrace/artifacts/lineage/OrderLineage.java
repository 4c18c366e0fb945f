package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.planner.plan.nodes.calcite.Rank;
import org.apache.flink.table.runtime.operators.rank.VariableRankRange;

/** Nodes that look at rows in an order: sort, rank, windows of OVER, patterns. */
final class OrderLineage {
    private final LineageContext context;

    OrderLineage(LineageContext context) {
        this.context = context;
    }

    Flow sort(Sort node, Flow input) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("keys", LineageContext.names(node.getCollation(), node.getInput()));
        details.put("offset", LineageContext.text(node.offset, node.getInput()));
        details.put("limit", LineageContext.text(node.fetch, node.getInput()));
        NavigableSet<Origin> rows =
                Origins.union(input.rows(), decided(input, node.getCollation(), Influence.SORT));
        return new Flow(input.fields(), rows, context.step("sort", details, input));
    }

    Flow rank(Rank node, Flow input) {
        NavigableSet<Origin> window =
                Origins.deciding(input.fields(), node.partitionKey(), Influence.WINDOW);
        window.addAll(decided(input, node.orderKey(), Influence.WINDOW));
        NavigableSet<Origin> rows = Origins.union(input.rows(), window);
        if (node.rankRange() instanceof VariableRankRange range) {
            rows.addAll(
                    Origins.deciding(
                            input.fields().get(range.getRankEndIndex()), Influence.FILTER));
        }
        List<NavigableSet<Origin>> fields = new ArrayList<>(input.fields());
        if (node.outputRankNumber()) {
            fields.add(window);
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("partition", LineageContext.names(node.partitionKey(), node.getInput()));
        details.put("order", LineageContext.names(node.orderKey(), node.getInput()));
        details.put(
                "range", node.rankRange().toString(node.getInput().getRowType().getFieldNames()));
        details.put("type", node.rankType().toString());
        return new Flow(fields, rows, context.step("rank", details, input));
    }

    /** Adds a field for each call; the rows stay. */
    Flow over(Window node, Flow input) {
        List<NavigableSet<Origin>> fields = new ArrayList<>(input.fields());
        List<NavigableSet<Origin>> operands = new ArrayList<>(input.fields());
        node.constants.forEach(constant -> operands.add(Origins.none()));
        Set<String> texts = new LinkedHashSet<>();
        Set<String> windows = new LinkedHashSet<>();
        for (Window.Group group : node.groups) {
            NavigableSet<Origin> window =
                    Origins.deciding(input.fields(), group.keys, Influence.WINDOW);
            window.addAll(decided(input, group.orderKeys, Influence.WINDOW));
            windows.add(
                    "PARTITION BY "
                            + LineageContext.names(group.keys, node.getInput())
                            + " ORDER BY "
                            + LineageContext.names(group.orderKeys, node.getInput()));
            for (Window.RexWinAggCall call : group.aggCalls) {
                context.functions().add(call.getOperator());
                texts.add(call.getOperator().getName());
                NavigableSet<Origin> origins = new TreeSet<>(window);
                for (RexNode operand : call.getOperands()) {
                    origins.addAll(
                            Origins.through(
                                    context.expressions(operands).of(operand),
                                    Influence.AGGREGATION));
                }
                fields.add(origins);
            }
        }
        Map<String, String> details =
                Map.of(
                        "functions", String.join(", ", texts),
                        "windows", String.join("; ", windows));
        return new Flow(fields, input.rows(), context.step("over", details, input));
    }

    Flow match(Match node, Flow input) {
        Expressions expressions = context.expressions(input.fields());
        List<String> names = node.getInput().getRowType().getFieldNames();
        NavigableSet<Origin> rows = new TreeSet<>(input.rows());
        rows.addAll(Origins.deciding(input.fields(), node.getPartitionKeys(), Influence.WINDOW));
        rows.addAll(decided(input, node.getOrderKeys(), Influence.WINDOW));
        Map<String, String> definitions = new TreeMap<>();
        node.getPatternDefinitions()
                .forEach(
                        (variable, condition) -> {
                            rows.addAll(expressions.deciding(condition, Influence.FILTER));
                            definitions.put(variable, LineageContext.text(condition, names));
                        });
        List<NavigableSet<Origin>> fields = new ArrayList<>();
        for (String name : node.getRowType().getFieldNames()) {
            RexNode measure = node.getMeasures().get(name);
            fields.add(
                    measure == null
                            ? input.fields().get(names.indexOf(name))
                            : expressions.of(measure));
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("partition", LineageContext.names(node.getPartitionKeys(), node.getInput()));
        details.put("order", LineageContext.names(node.getOrderKeys(), node.getInput()));
        details.put("pattern", node.getPattern().toString());
        details.put("definitions", definitions.toString());
        return new Flow(fields, rows, context.step("match", details, input));
    }

    private static NavigableSet<Origin> decided(Flow input, RelCollation order, Influence how) {
        return Origins.deciding(
                input.fields(),
                order.getFieldCollations().stream().map(key -> key.getFieldIndex()).toList(),
                how);
    }
}
