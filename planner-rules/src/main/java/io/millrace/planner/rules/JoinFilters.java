package io.millrace.planner.rules;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Util;
import org.apache.flink.table.planner.plan.optimize.program.BatchOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkDynamicPartitionPruningProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;

/**
 * Flink's dynamic filtering, only for queries that it is right for. On its way from a join to a
 * scan it forgets which of several keys it has lost, and pairs those that are left with the wrong
 * ones of the other side (Flink 2.3); and where nulls are equal, rows that it leaves out below an
 * outer join may match as nulls.
 */
final class JoinFilters implements FlinkOptimizeProgram<BatchOptimizeContext> {

    private final FlinkDynamicPartitionPruningProgram flink =
            new FlinkDynamicPartitionPruningProgram();

    @Override
    public RelNode optimize(RelNode root, BatchOptimizeContext context) {
        return isRightFor(root) ? flink.optimize(root, context) : root;
    }

    private static boolean isRightFor(RelNode root) {
        try {
            new RelVisitor() {
                @Override
                public void visit(RelNode node, int ordinal, RelNode parent) {
                    if (node instanceof Join join && !isRightFor(join)) {
                        throw Util.FoundOne.NULL;
                    }
                    super.visit(node, ordinal, parent);
                }
            }.go(root);
            return true;
        } catch (Util.FoundOne e) {
            return false;
        }
    }

    private static boolean isRightFor(Join join) {
        JoinInfo keys = join.analyzeCondition();
        return keys.leftKeys.size() <= 1 && !hasEqualNulls(join.getCondition());
    }

    private static boolean hasEqualNulls(RexNode condition) {
        try {
            condition.accept(
                    new RexVisitorImpl<Void>(true) {
                        @Override
                        public Void visitCall(RexCall call) {
                            // A comparison of nulls may also be spelled with IS NULL.
                            if (call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM
                                    || call.getKind() == SqlKind.IS_NULL) {
                                throw Util.FoundOne.NULL;
                            }
                            return super.visitCall(call);
                        }
                    });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }
}
