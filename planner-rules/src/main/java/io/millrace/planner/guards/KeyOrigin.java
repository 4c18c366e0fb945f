package io.millrace.planner.guards;

import static java.util.Objects.requireNonNull;

import io.millrace.functions.FunctionRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * What the values of key columns say of the columns that they are computed of.
 *
 * @param columns of the input: rows with equal keys are equal in them
 * @param values expressions over the input: rows with equal keys are equal in them
 * @param isId whether a key column is an id: a hash that is taken for the value it was made of
 */
record KeyOrigin(ImmutableBitSet columns, Set<RexNode> values, boolean isId) {
    private static final FunctionRegistry FUNCTIONS = FunctionRegistry.standard();
    private static final String HASH = "hash";

    KeyOrigin {
        requireNonNull(columns, "columns is null");
        values = Set.copyOf(values);
    }

    /**
     * @param key positions of the key columns among the expressions
     */
    static KeyOrigin of(List<RexNode> expressions, ImmutableBitSet key) {
        Set<RexNode> values = new HashSet<>();
        boolean isId = false;
        for (int column : key) {
            add(expressions.get(column), values);
            isId |= isId(expressions.get(column));
        }
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (RexNode value : values) {
            if (value instanceof RexInputRef reference) {
                columns.set(reference.getIndex());
            }
        }
        return new KeyOrigin(columns.build(), values, isId);
    }

    private static void add(RexNode expression, Set<RexNode> values) {
        values.add(expression);
        if (expression instanceof RexCall call && (isId(call) || keepsValues(call))) {
            call.getOperands().forEach(operand -> add(operand, values));
        }
    }

    /**
     * Whether rows with equal keys are equal in an expression, too.
     *
     * @param known columns of the input in which they are
     */
    boolean determines(RexNode expression, ImmutableBitSet known) {
        if (!RexUtil.isDeterministic(expression)) {
            return false;
        } else if (values.contains(expression) || expression instanceof RexLiteral) {
            return true;
        } else if (expression instanceof RexInputRef reference) {
            return known.get(reference.getIndex());
        }
        return expression instanceof RexCall call
                && call.getOperands().stream().allMatch(operand -> determines(operand, known));
    }

    /** Our hashes are equal only for equal arguments, up to what a hash is. */
    private static boolean isId(RexNode expression) {
        return expression instanceof RexCall call
                && FUNCTIONS
                        .find(call.getOperator().getName().toLowerCase(Locale.ROOT))
                        .filter(function -> function.description().tags().contains(HASH))
                        .isPresent();
    }

    /** Whether a cast gives different values for different ones. */
    private static boolean keepsValues(RexCall call) {
        if (!call.isA(SqlKind.CAST)) {
            return false;
        }
        RelDataType from = call.getOperands().get(0).getType();
        RelDataType to = call.getType();
        if (isText(to) && isInteger(from)) {
            return to.getPrecision() == Integer.MAX_VALUE;
        }
        boolean sameKind =
                (isText(from) && isText(to))
                        || (isInteger(from) && isInteger(to))
                        || from.getSqlTypeName() == to.getSqlTypeName();
        return sameKind
                && to.getPrecision() >= from.getPrecision()
                && to.getScale() == from.getScale();
    }

    private static boolean isText(RelDataType type) {
        return SqlTypeFamily.CHARACTER.contains(type);
    }

    private static boolean isInteger(RelDataType type) {
        return SqlTypeFamily.INTEGER.contains(type);
    }
}
