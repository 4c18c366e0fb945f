package io.millrace.planner.guards;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;

/**
 * Finds joins that compare each row of one side with each of the other: no equality of columns of
 * both sides. One of at most one row, such as a scalar subquery, is none. Comes after conditions
 * were moved into joins.
 */
public final class CrossJoinGuard<C extends FlinkOptimizeContext>
        implements FlinkOptimizeProgram<C> {
    private final Findings findings;

    public CrossJoinGuard(Findings findings) {
        this.findings = requireNonNull(findings, "findings is null");
    }

    @Override
    public RelNode optimize(RelNode root, C context) {
        if (context.getTableConfig().get(GuardOptions.CROSS_JOIN) != GuardMode.OFF) {
            new RelVisitor() {
                @Override
                public void visit(RelNode node, int ordinal, RelNode parent) {
                    if (node instanceof Join join && isCross(join)) {
                        findings.add(
                                context.getTableConfig(),
                                GuardOptions.CROSS_JOIN,
                                message(root, join));
                    }
                    super.visit(node, ordinal, parent);
                }
            }.go(root);
        }
        return root;
    }

    private static boolean isCross(Join join) {
        return join.analyzeCondition().leftKeys.isEmpty()
                && !isOneRow(join.getLeft())
                && !isOneRow(join.getRight());
    }

    private static boolean isOneRow(RelNode input) {
        Double rows = input.getCluster().getMetadataQuery().getMaxRowCount(input);
        return rows != null && rows <= 1;
    }

    private static String message(RelNode root, Join join) {
        return "%s: is a cross join of (%s) and (%s): %s. Join them by columns that are equal."
                .formatted(
                        Trees.query(root),
                        Trees.tables(join.getLeft()),
                        Trees.tables(join.getRight()),
                        condition(join));
    }

    private static String condition(Join join) {
        List<String> names = join.getLeft().getRowType().getFieldNames();
        List<String> right = join.getRight().getRowType().getFieldNames();
        TreeSet<String> columns = new TreeSet<>();
        RexNode condition = join.getCondition();
        condition.accept(
                new RexVisitorImpl<Void>(true) {
                    @Override
                    public Void visitInputRef(RexInputRef column) {
                        int index = column.getIndex();
                        columns.add(
                                index < names.size()
                                        ? names.get(index)
                                        : right.get(index - names.size()));
                        return null;
                    }
                });
        return columns.isEmpty()
                ? "there is no condition"
                : "no columns are compared for equality, only " + columns + " otherwise";
    }
}
