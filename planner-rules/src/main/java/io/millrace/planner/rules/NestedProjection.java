package io.millrace.planner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSnapshot;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;

/**
 * Moves fields that are taken of structs down through conditions, joins and unions, to the scans,
 * which then read these fields only. Flink's own rules move columns down, so that a scan reads a
 * struct whole where one of its fields is wanted above a condition or a join.
 *
 * <p>Comes after Flink's rules for projections. Only columns of which nothing but fields is used
 * are taken apart.
 */
final class NestedProjection<C extends FlinkOptimizeContext> implements FlinkOptimizeProgram<C> {

    @Override
    public RelNode optimize(RelNode root, C context) {
        return narrow(root);
    }

    private static RelNode narrow(RelNode node) {
        RelNode narrowed = node;
        if (node instanceof LogicalProject project && !project.containsOver()) {
            narrowed = past(project).orElse(node);
        }
        List<RelNode> inputs = narrowed.getInputs().stream().map(NestedProjection::narrow).toList();
        return inputs.equals(narrowed.getInputs())
                ? narrowed
                : narrowed.copy(narrowed.getTraitSet(), inputs);
    }

    /** The same rows, with the fields taken below what the projection stands on. */
    private static Optional<RelNode> past(LogicalProject project) {
        RelNode input = project.getInput();
        if (input instanceof LogicalFilter filter) {
            return pastFilter(project, filter);
        } else if (input instanceof LogicalJoin join) {
            return pastJoin(project, join);
        }
        return input instanceof LogicalUnion union ? pastUnion(project, union) : Optional.empty();
    }

    private static Optional<RelNode> pastFilter(LogicalProject project, LogicalFilter filter) {
        FieldsUsed used =
                FieldsUsed.of(
                        filter.getRowType(),
                        and(project.getProjects(), filter.getCondition()),
                        List.of(0));
        if (!used.narrows()) {
            return Optional.empty();
        }
        RelNode input = used.below(filter.getInput(), 0);
        RelNode above =
                filter.copy(
                        filter.getTraitSet(),
                        input,
                        used.rewritten(filter.getCondition(), input.getRowType(), builder(filter)));
        return Optional.of(used.above(project, above));
    }

    private static Optional<RelNode> pastJoin(LogicalProject project, LogicalJoin join) {
        // Flink finds joins with a version of a table by the shape of the plan.
        if (isOfVersion(join.getLeft()) || isOfVersion(join.getRight())) {
            return Optional.empty();
        }
        int ofLeft = join.getLeft().getRowType().getFieldCount();
        FieldsUsed used =
                FieldsUsed.of(
                        both(join),
                        and(project.getProjects(), join.getCondition()),
                        List.of(0, ofLeft));
        if (!used.narrows()) {
            return Optional.empty();
        }
        RelNode left = used.below(join.getLeft(), 0);
        RelNode right = used.below(join.getRight(), ofLeft);
        RelNode above =
                join.copy(
                        join.getTraitSet(),
                        used.rewritten(join.getCondition(), both(join, left, right), builder(join)),
                        left,
                        right,
                        join.getJoinType(),
                        join.isSemiJoinDone());
        return Optional.of(used.above(project, above));
    }

    private static Optional<RelNode> pastUnion(LogicalProject project, LogicalUnion union) {
        FieldsUsed used = FieldsUsed.of(union.getRowType(), project.getProjects(), List.of(0));
        // A union without ALL compares whole rows.
        if (!union.all || !used.narrows()) {
            return Optional.empty();
        }
        List<RelNode> inputs =
                union.getInputs().stream().map(input -> used.below(input, 0)).toList();
        return Optional.of(used.above(project, union.copy(union.getTraitSet(), inputs)));
    }

    private static RelDataType both(LogicalJoin join) {
        return both(join, join.getLeft(), join.getRight());
    }

    /** The fields of both sides, as conditions see them. */
    private static RelDataType both(LogicalJoin join, RelNode left, RelNode right) {
        return join.getCluster()
                .getTypeFactory()
                .createStructType(
                        Stream.concat(
                                        left.getRowType().getFieldList().stream(),
                                        right.getRowType().getFieldList().stream())
                                .toList());
    }

    private static RexBuilder builder(RelNode node) {
        return node.getCluster().getRexBuilder();
    }

    private static List<RexNode> and(List<RexNode> expressions, RexNode condition) {
        List<RexNode> all = new ArrayList<>(expressions);
        all.add(condition);
        return all;
    }

    private static boolean isOfVersion(RelNode node) {
        return node instanceof LogicalSnapshot
                || ((node instanceof LogicalFilter || node instanceof Project)
                        && isOfVersion(node.getInput(0)));
    }

    /** A projection of {@code input}; of what is below, where that is a projection, too. */
    static RelNode project(RelNode input, List<RexNode> fields, List<String> names) {
        if (input instanceof LogicalProject below && !below.containsOver()) {
            return LogicalProject.create(
                    below.getInput(),
                    below.getHints(),
                    RelOptUtil.pushPastProject(fields, below),
                    names,
                    below.getVariablesSet());
        }
        return LogicalProject.create(input, List.of(), fields, names, Set.of());
    }
}
