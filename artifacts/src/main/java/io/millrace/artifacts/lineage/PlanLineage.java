package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import io.millrace.functions.FunctionRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.plan.hep.HepRelVertex;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexProgram;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.planner.plan.nodes.calcite.Expand;
import org.apache.flink.table.planner.plan.nodes.calcite.Rank;
import org.apache.flink.table.planner.plan.nodes.calcite.Sink;
import org.apache.flink.table.planner.plan.nodes.calcite.TableAggregate;
import org.apache.flink.table.planner.plan.nodes.calcite.WatermarkAssigner;
import org.apache.flink.table.planner.plan.nodes.logical.FlinkLogicalDistribution;
import org.apache.flink.table.planner.plan.nodes.logical.FlinkLogicalMultiJoin;
import org.apache.flink.table.planner.plan.schema.IntermediateRelTable;

/**
 * Reads the lineage off the optimized logical trees of a plan. Every kind of node and expression is
 * known or refused by name: there are no gaps.
 */
public final class PlanLineage {
    /** What a query without a target gives is called so. */
    public static final String QUERY = "query";

    private final LogicalPlan plan;
    private final LineageContext context;
    private final JoinLineage joins;
    private final AggregateLineage aggregates;
    private final OrderLineage orders;
    private final TableFunctionLineage tableFunctions;
    private final ScanLineage scans;
    private final Map<RelNode, Flow> known = new HashMap<>();

    private PlanLineage(LogicalPlan plan, FunctionRegistry registry) {
        this.plan = requireNonNull(plan, "plan is null");
        this.context =
                new LineageContext(
                        new DatasetNames(plan.roots().stream().flatMap(this::tables).toList()),
                        new FunctionUses(registry));
        this.joins = new JoinLineage(context);
        this.aggregates = new AggregateLineage(context);
        this.orders = new OrderLineage(context);
        this.tableFunctions = new TableFunctionLineage(context);
        this.scans = new ScanLineage(context);
    }

    /**
     * The lineage of a plan.
     *
     * @throws io.millrace.delta.table.RefusedException if a node or an expression is not known
     */
    public static Lineage of(LogicalPlan plan, FunctionRegistry registry) {
        return new PlanLineage(plan, registry).read();
    }

    private Lineage read() {
        List<ResultLineage> results = plan.roots().stream().map(this::result).toList();
        Map<String, NavigableSet<String>> required = new TreeMap<>();
        context.operations().stream()
                .filter(operation -> operation.kind().equals("scan"))
                .forEach(
                        scan ->
                                required.putIfAbsent(
                                        scan.details().get("dataset"), new TreeSet<>()));
        results.stream()
                .flatMap(PlanLineage::origins)
                .map(Origin::column)
                .forEach(column -> required.get(column.dataset()).add(column.column()));
        return new Lineage(
                required.entrySet().stream()
                        .map(
                                entry ->
                                        new DatasetColumns(
                                                entry.getKey(), List.copyOf(entry.getValue())))
                        .toList(),
                results,
                context.operations(),
                context.functions().all());
    }

    private static Stream<Origin> origins(ResultLineage result) {
        return Stream.concat(
                result.rows().stream(),
                result.columns().stream().flatMap(column -> column.origins().stream()));
    }

    private ResultLineage result(RelNode root) {
        boolean query = !(root instanceof Sink);
        Flow flow = query ? of(root) : of(root.getInput(0));
        String name = root instanceof Sink sink ? name(sink.contextResolvedTable()) : QUERY;
        List<String> columns =
                root instanceof Sink sink
                        ? columns(sink, flow.fields().size())
                        : root.getRowType().getFieldNames();
        List<ColumnLineage> lineage = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            lineage.add(new ColumnLineage(columns.get(i), List.copyOf(flow.fields().get(i))));
        }
        context.step("result", Map.of("dataset", name), flow);
        return new ResultLineage(name, lineage, List.copyOf(flow.rows()));
    }

    private static String name(ContextResolvedTable target) {
        return target.isAnonymous() ? QUERY : target.getIdentifier().getObjectName();
    }

    /** A target's columns in the order in which rows have them: metadata last. */
    private static List<String> columns(Sink sink, int count) {
        List<Column> written =
                sink.contextResolvedTable().getResolvedSchema().getColumns().stream()
                        .filter(Column::isPersisted)
                        .toList();
        List<String> names =
                Stream.concat(
                                written.stream().filter(Column::isPhysical),
                                written.stream().filter(column -> !column.isPhysical()))
                        .map(Column::getName)
                        .toList();
        return names.size() == count ? names : sink.getInput().getRowType().getFieldNames();
    }

    private Flow of(RelNode node) {
        Flow before = known.get(node);
        if (before != null) {
            return before;
        }
        Flow flow = read(node);
        if (flow.fields().size() != node.getRowType().getFieldCount()) {
            throw Untraceable.of(node);
        }
        known.put(node, flow);
        return flow;
    }

    private Flow read(RelNode node) {
        if (node instanceof HepRelVertex vertex) {
            return of(vertex.getCurrentRel());
        } else if (node instanceof TableScan scan) {
            IntermediateRelTable shared = scan.getTable().unwrap(IntermediateRelTable.class);
            return shared == null ? scans.of(scan) : of(plan.block(shared.relNode()));
        } else if (node instanceof Correlate correlate) {
            Flow left = of(correlate.getLeft());
            context.correlate(correlate.getCorrelVariable(), left);
            return joins.correlate(correlate, left, of(correlate.getRight()));
        }
        List<Flow> inputs = node.getInputs().stream().map(this::of).toList();
        return inputs.size() == 1 ? readOne(node, inputs.get(0)) : readMany(node, inputs);
    }

    private Flow readMany(RelNode node, List<Flow> inputs) {
        if (node instanceof Join join) {
            return joins.join(join, inputs.get(0), inputs.get(1));
        } else if (node instanceof FlinkLogicalMultiJoin join) {
            return joins.multiJoin(join, inputs);
        } else if (node instanceof SetOp set) {
            return joins.setOperation(set, inputs);
        } else if (node instanceof TableFunctionScan function) {
            return tableFunctions.of(function, inputs);
        } else if (node instanceof Values values) {
            Map<String, String> details =
                    Map.of("rows", Integer.toString(values.getTuples().size()));
            return new Flow(
                    Collections.nCopies(node.getRowType().getFieldCount(), Origins.none()),
                    Origins.none(),
                    context.step("values", details));
        }
        throw Untraceable.of(node);
    }

    private Flow readOne(RelNode node, Flow input) {
        if (node instanceof Calc calc) {
            return calc(calc, input);
        } else if (node instanceof Aggregate aggregate) {
            return aggregates.aggregate(aggregate, input);
        } else if (node instanceof TableAggregate aggregate) {
            return aggregates.tableAggregate(aggregate, input);
        } else if (node instanceof Expand expand) {
            return aggregates.expand(expand, input);
        } else if (node instanceof Window window) {
            return orders.over(window, input);
        } else if (node instanceof Rank rank) {
            return orders.rank(rank, input);
        } else if (node instanceof Sort sort) {
            return orders.sort(sort, input);
        } else if (node instanceof Match match) {
            return orders.match(match, input);
        } else if (node instanceof TableFunctionScan function) {
            return tableFunctions.of(function, List.of(input));
        } else if (node instanceof SetOp set) {
            return joins.setOperation(set, List.of(input));
        } else if (node instanceof WatermarkAssigner watermark) {
            return watermark(watermark, input);
        } else if (node instanceof Snapshot || node instanceof FlinkLogicalDistribution) {
            return input;
        }
        throw Untraceable.of(node);
    }

    private Flow calc(Calc calc, Flow input) {
        RexProgram program = calc.getProgram();
        Expressions expressions = context.expressions(input.fields(), program.getExprList());
        List<NavigableSet<Origin>> fields =
                program.getProjectList().stream().map(expressions::of).toList();
        NavigableSet<Origin> rows = new TreeSet<>(input.rows());
        Map<String, String> details = new LinkedHashMap<>();
        RexLocalRef condition = program.getCondition();
        if (condition != null) {
            rows.addAll(expressions.deciding(condition, Influence.FILTER));
            details.put(
                    "filter",
                    LineageContext.text(program.expandLocalRef(condition), calc.getInput()));
        }
        List<String> names = calc.getRowType().getFieldNames();
        List<String> projected = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String text =
                    LineageContext.text(
                            program.expandLocalRef(program.getProjectList().get(i)),
                            calc.getInput());
            projected.add(text.equals(names.get(i)) ? text : text + " AS " + names.get(i));
        }
        details.put("columns", projected.stream().collect(Collectors.joining(", ")));
        return new Flow(fields, rows, context.step("calc", details, input));
    }

    private Flow watermark(WatermarkAssigner node, Flow input) {
        NavigableSet<Origin> rows = new TreeSet<>(input.rows());
        // Where a window closes depends on these, and with it what comes too late.
        rows.addAll(
                context.expressions(input.fields())
                        .deciding(node.watermarkExpr(), Influence.WINDOW));
        Map<String, String> details =
                Map.of("watermark", LineageContext.text(node.watermarkExpr(), node.getInput()));
        return new Flow(input.fields(), rows, context.step("watermark", details, input));
    }

    private Stream<List<String>> tables(RelNode node) {
        if (node instanceof TableScan scan) {
            IntermediateRelTable shared = scan.getTable().unwrap(IntermediateRelTable.class);
            return shared == null
                    ? Stream.of(ScanLineage.table(scan))
                    : tables(plan.block(shared.relNode()));
        }
        return node.getInputs().stream().flatMap(this::tables);
    }
}
