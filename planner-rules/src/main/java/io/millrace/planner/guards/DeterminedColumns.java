package io.millrace.planner.guards;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Exchange;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.planner.plan.metadata.FlinkRelMetadataQuery;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalDropUpdateBefore;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalGlobalGroupAggregate;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalGroupAggregate;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalLocalGroupAggregate;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalMiniBatchAssigner;
import org.apache.flink.table.planner.plan.schema.IntermediateRelTable;

/**
 * Which columns follow from others: rows that are equal in those are equal in these. Knows less
 * than there is, never more.
 */
final class DeterminedColumns {
    private final FlinkRelMetadataQuery metadata;

    DeterminedColumns(FlinkRelMetadataQuery metadata) {
        this.metadata = requireNonNull(metadata, "metadata is null");
    }

    /** The given columns and all that follow from them: all columns where they hold a key. */
    ImmutableBitSet of(RelNode node, ImmutableBitSet given) {
        ImmutableBitSet all = ImmutableBitSet.range(node.getRowType().getFieldCount());
        if (holdsKey(node, given)) {
            return all;
        }
        ImmutableBitSet more = given.union(below(node, given));
        return holdsKey(node, more) ? all : more;
    }

    /** Whether no two rows are equal in these columns. */
    boolean isUnique(RelNode node, ImmutableBitSet columns) {
        return holdsKey(node, of(node, columns));
    }

    /** The keys that are known of the rows. */
    Set<ImmutableBitSet> keys(RelNode node) {
        Set<ImmutableBitSet> unique = metadata.getUniqueKeys(node);
        if (unique != null && !unique.isEmpty()) {
            return unique;
        }
        Set<ImmutableBitSet> upsert = metadata.getUpsertKeys(node);
        return upsert == null ? Set.of() : upsert;
    }

    private boolean holdsKey(RelNode node, ImmutableBitSet columns) {
        return keys(node).stream().anyMatch(columns::contains);
    }

    private ImmutableBitSet below(RelNode node, ImmutableBitSet given) {
        Optional<RelNode> same = sameRows(node);
        if (same.isPresent()) {
            return of(same.get(), given);
        } else if (node instanceof Calc calc) {
            return ofCalc(calc, given);
        } else if (node instanceof Join join) {
            return ofJoin(join, given);
        } else if (node instanceof Union union) {
            return ofUnion(union, given);
        }
        return grouping(node)
                .map(grouping -> ofGroups(node.getInput(0), grouping, given))
                .orElse(given);
    }

    /** What gives the rows of a node as they are. */
    static Optional<RelNode> sameRows(RelNode node) {
        if (node instanceof TableScan scan) {
            IntermediateRelTable part = scan.getTable().unwrap(IntermediateRelTable.class);
            return Optional.ofNullable(part).map(IntermediateRelTable::relNode);
        }
        return node instanceof Exchange
                        || node instanceof StreamPhysicalDropUpdateBefore
                        || node instanceof StreamPhysicalMiniBatchAssigner
                ? Optional.of(node.getInput(0))
                : Optional.empty();
    }

    static List<RexNode> expressions(Calc calc) {
        return calc.getProgram().getProjectList().stream()
                .map(calc.getProgram()::expandLocalRef)
                .toList();
    }

    private ImmutableBitSet ofCalc(Calc calc, ImmutableBitSet given) {
        List<RexNode> expressions = expressions(calc);
        KeyOrigin origin = KeyOrigin.of(expressions, given);
        ImmutableBitSet input = of(calc.getInput(), origin.columns());
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (int i = 0; i < expressions.size(); i++) {
            if (origin.determines(expressions.get(i), input)) {
                columns.set(i);
            }
        }
        return columns.build();
    }

    private ImmutableBitSet ofJoin(Join join, ImmutableBitSet given) {
        int ofLeft = join.getLeft().getRowType().getFieldCount();
        if (!join.getJoinType().projectsRight()) {
            return of(join.getLeft(), given);
        }
        ImmutableBitSet known = given;
        // What is known of one side says something of the other, and that of the first again.
        for (int i = 0; i < 2; i++) {
            known = known.union(acrossEqual(join, known, ofLeft));
            known = known.union(of(join.getLeft(), known.intersect(ImmutableBitSet.range(ofLeft))));
            known =
                    known.union(
                            of(
                                            join.getRight(),
                                            known.except(ImmutableBitSet.range(ofLeft))
                                                    .shift(-ofLeft))
                                    .shift(ofLeft));
        }
        return known;
    }

    /** Columns that each of the queries computes of the given ones in the same way. */
    private static ImmutableBitSet ofUnion(Union union, ImmutableBitSet given) {
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (int i = 0; i < union.getRowType().getFieldCount(); i++) {
            int column = i;
            Set<Optional<String>> ways =
                    union.getInputs().stream()
                            .map(input -> computed(input, column, given))
                            .collect(Collectors.toSet());
            if (ways.size() == 1 && ways.iterator().next().isPresent()) {
                columns.set(column);
            }
        }
        return columns.build();
    }

    private static Optional<String> computed(RelNode node, int column, ImmutableBitSet given) {
        Optional<RelNode> same = sameRows(node);
        if (same.isPresent()) {
            return computed(same.get(), column, given);
        }
        if (!(node instanceof Calc calc)) {
            return given.get(column) ? Optional.of("$" + column) : Optional.empty();
        }
        List<RexNode> expressions = expressions(calc);
        Map<RexNode, String> names = new HashMap<>();
        given.forEach(known -> names.put(expressions.get(known), "$" + known));
        return text(expressions.get(column), names);
    }

    /** An expression in terms of others; empty where it is not computed of them alone. */
    private static Optional<String> text(RexNode expression, Map<RexNode, String> names) {
        if (names.containsKey(expression)) {
            return Optional.of(names.get(expression));
        } else if (expression instanceof RexLiteral) {
            return Optional.of(expression.toString());
        }
        if (!(expression instanceof RexCall call) || !RexUtil.isDeterministic(call)) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(call.getOperator().getName()).append('(');
        for (RexNode operand : call.getOperands()) {
            Optional<String> part = text(operand, names);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            text.append(part.get()).append(", ");
        }
        return Optional.of(text.append("): ").append(call.getType()).toString());
    }

    /** Columns that the condition makes equal to known ones; of outer joins one may be null. */
    private static ImmutableBitSet acrossEqual(Join join, ImmutableBitSet known, int ofLeft) {
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        if (join.getJoinType() == JoinRelType.INNER) {
            JoinInfo condition = join.analyzeCondition();
            for (int i = 0; i < condition.leftKeys.size(); i++) {
                int left = condition.leftKeys.get(i);
                int right = condition.rightKeys.get(i) + ofLeft;
                if (known.get(left) || known.get(right)) {
                    columns.set(left);
                    columns.set(right);
                }
            }
        }
        return columns.build();
    }

    /** The columns of the input that an aggregation groups by; its own first columns. */
    static Optional<int[]> grouping(RelNode node) {
        if (node instanceof StreamPhysicalGroupAggregate aggregate) {
            return Optional.of(aggregate.grouping());
        } else if (node instanceof StreamPhysicalGlobalGroupAggregate aggregate) {
            return Optional.of(aggregate.grouping());
        }
        return node instanceof StreamPhysicalLocalGroupAggregate aggregate
                ? Optional.of(aggregate.grouping())
                : Optional.empty();
    }

    /** What columns of an aggregation are in its input, if it groups by them. */
    static ImmutableBitSet grouped(int[] grouping, ImmutableBitSet columns) {
        ImmutableBitSet.Builder grouped = ImmutableBitSet.builder();
        for (int i = 0; i < grouping.length; i++) {
            if (columns.get(i)) {
                grouped.set(grouping[i]);
            }
        }
        return grouped.build();
    }

    private ImmutableBitSet ofGroups(RelNode input, int[] grouping, ImmutableBitSet given) {
        ImmutableBitSet known = of(input, grouped(grouping, given));
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (int i = 0; i < grouping.length; i++) {
            if (known.get(grouping[i])) {
                columns.set(i);
            }
        }
        return columns.build();
    }
}
