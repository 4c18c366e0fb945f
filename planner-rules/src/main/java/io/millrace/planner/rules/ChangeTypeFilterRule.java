package io.millrace.planner.rules;

import io.millrace.delta.scan.ChangeFeedNeed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/**
 * Makes a condition that looks at nothing but the change type, in whatever words, one that says
 * which of the four types it lets through ({@code _change_type LIKE 'update%'} becomes {@code
 * _change_type IN ('update_preimage', 'update_postimage')}): that is what the read of a feed
 * understands, and so it leaves out files of other changes.
 */
final class ChangeTypeFilterRule extends RelOptRule {
    static final ChangeTypeFilterRule INSTANCE = new ChangeTypeFilterRule();

    private static final String COLUMN = "_change_type";
    private static final List<String> TYPES =
            List.of("insert", "update_preimage", "update_postimage", "delete");

    /** What the read of a feed understands. */
    private static final Set<SqlKind> PLAIN =
            EnumSet.of(
                    SqlKind.EQUALS,
                    SqlKind.NOT_EQUALS,
                    SqlKind.SEARCH,
                    SqlKind.AND,
                    SqlKind.OR,
                    SqlKind.NOT,
                    SqlKind.CAST);

    // Calcite's other way to make rules needs a code generator.
    @SuppressWarnings("deprecation")
    private ChangeTypeFilterRule() {
        super(operand(LogicalFilter.class, any()), "MillraceChangeTypeFilterRule");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        RelNode input = filter.getInput();
        List<RexNode> conditions = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            conditions.add(rewritten(condition, input));
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RexNode all = RexUtil.composeConjunction(builder, conditions);
        if (!all.equals(filter.getCondition())) {
            call.transformTo(
                    all.isAlwaysTrue() ? input : filter.copy(filter.getTraitSet(), input, all));
        }
    }

    private static RexNode rewritten(RexNode condition, RelNode input) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
        if (columns.cardinality() != 1
                || !isInWords(condition)
                || !RexUtil.isDeterministic(condition)
                || !isChangeType(input, columns.nth(0))) {
            return condition;
        }
        RexBuilder builder = input.getCluster().getRexBuilder();
        RexNode column = builder.makeInputRef(input, columns.nth(0));
        Optional<List<String>> kept = kept(condition, column, builder, input);
        if (kept.isEmpty()) {
            return condition;
        }
        List<RexNode> alternatives =
                kept.get().stream()
                        .map(
                                type ->
                                        builder.makeCall(
                                                SqlStdOperatorTable.EQUALS,
                                                column,
                                                literal(type, column, builder)))
                        .toList();
        return alternatives.size() == TYPES.size() && !column.getType().isNullable()
                ? builder.makeLiteral(true)
                : RexUtil.composeDisjunction(builder, alternatives);
    }

    /** The types for which the condition is true; empty where that cannot be told. */
    private static Optional<List<String>> kept(
            RexNode condition, RexNode column, RexBuilder builder, RelNode input) {
        List<RexNode> questions =
                TYPES.stream()
                        .map(type -> with(condition, literal(type, column, builder)))
                        .toList();
        List<RexNode> answers = new ArrayList<>();
        input.getCluster().getPlanner().getExecutor().reduce(builder, questions, answers);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            RexNode answer = answers.get(i);
            if (!RexUtil.isLiteral(answer, true)) {
                return Optional.empty();
            }
            if (answer.isAlwaysTrue()) {
                kept.add(TYPES.get(i));
            }
        }
        return Optional.of(kept);
    }

    private static RexNode literal(String type, RexNode column, RexBuilder builder) {
        return builder.makeLiteral(type, column.getType(), true);
    }

    private static RexNode with(RexNode condition, RexNode value) {
        return condition.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return value;
                    }
                });
    }

    /** Whether it is said otherwise than by comparing with literals. */
    private static boolean isInWords(RexNode condition) {
        if (condition instanceof RexInputRef || RexUtil.isLiteral(condition, true)) {
            return false;
        }
        return !(condition instanceof RexCall call)
                || !PLAIN.contains(call.getKind())
                || call.getOperands().stream().anyMatch(ChangeTypeFilterRule::isInWords);
    }

    /** Follows a column down to the scan of a feed. */
    private static boolean isChangeType(RelNode node, int column) {
        RelNode at = node.stripped();
        if (at instanceof TableScan scan) {
            TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
            return table != null
                    && table.tableSource() instanceof ChangeFeedNeed
                    && scan.getRowType().getFieldNames().get(column).endsWith(COLUMN);
        } else if (at instanceof Filter filter) {
            return isChangeType(filter.getInput(), column);
        } else if (at instanceof Project project) {
            RexNode expression = project.getProjects().get(column);
            while (expression.isA(SqlKind.CAST)) {
                expression = ((RexCall) expression).getOperands().get(0);
            }
            return expression instanceof RexInputRef below
                    && isChangeType(project.getInput(), below.getIndex());
        }
        return false;
    }
}
