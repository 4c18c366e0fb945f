package io.millrace.planner.semantics;

import io.millrace.functions.ArgumentDescription;
import io.millrace.functions.FunctionDescription;
import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/** Kinds of expressions over one input; null where an expression has none. */
final class RexKinds {
    private final List<KindOf> input;
    private final FunctionRegistry functions;
    private final RelKinds relations;

    RexKinds(List<KindOf> input, FunctionRegistry functions, RelKinds relations) {
        this.input = input;
        this.functions = functions;
        this.relations = relations;
    }

    KindOf of(RexNode expression) {
        if (expression instanceof RexInputRef reference) {
            return reference.getIndex() < input.size() ? input.get(reference.getIndex()) : null;
        } else if (expression instanceof RexSubQuery subQuery) {
            return subQuery(subQuery);
        } else if (expression instanceof RexCall call) {
            return call(call);
        }
        return null;
    }

    private KindOf call(RexCall call) {
        List<KindOf> operands = new ArrayList<>();
        call.getOperands().forEach(operand -> operands.add(of(operand)));
        if (call instanceof RexOver over && !operands.isEmpty()) {
            return RelKinds.picks(over.getAggOperator().getName()) ? operands.get(0) : null;
        }
        if (isComparison(call.getKind())) {
            compare(operands.get(0), operands.get(1));
            return null;
        }
        return switch (call.getKind()) {
            case CAST, REINTERPRET -> operands.get(0);
            case CASE -> branches(operands);
            case COALESCE -> all(operands);
            default -> named(call.getOperator().getName(), operands);
        };
    }

    private KindOf named(String name, List<KindOf> operands) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "COALESCE", "IFNULL", "GREATEST", "LEAST" -> all(operands);
            case "NULLIF" -> {
                compare(operands.get(0), operands.get(1));
                yield operands.get(0);
            }
            default -> function(name, operands);
        };
    }

    private static boolean isComparison(SqlKind kind) {
        return kind == SqlKind.EQUALS
                || kind == SqlKind.NOT_EQUALS
                || kind == SqlKind.LESS_THAN
                || kind == SqlKind.LESS_THAN_OR_EQUAL
                || kind == SqlKind.GREATER_THAN
                || kind == SqlKind.GREATER_THAN_OR_EQUAL
                || kind == SqlKind.IS_DISTINCT_FROM
                || kind == SqlKind.IS_NOT_DISTINCT_FROM;
    }

    private void compare(KindOf left, KindOf right) {
        if (left != null && right != null && !left.kind().equals(right.kind())) {
            throw relations.refuse(left + " is compared with " + right);
        }
    }

    /** Conditions and values take turns; the last value has no condition. */
    private KindOf branches(List<KindOf> operands) {
        List<KindOf> values = new ArrayList<>();
        for (int i = 1; i < operands.size(); i += 2) {
            values.add(operands.get(i));
        }
        values.add(operands.get(operands.size() - 1));
        return all(values);
    }

    private KindOf all(List<KindOf> values) {
        KindOf kind = null;
        for (KindOf value : values) {
            kind = relations.one("one value", kind, value);
        }
        return kind;
    }

    private KindOf subQuery(RexSubQuery subQuery) {
        List<KindOf> rows = relations.of(subQuery.rel);
        for (int i = 0; i < subQuery.getOperands().size() && i < rows.size(); i++) {
            compare(of(subQuery.getOperands().get(i)), rows.get(i));
        }
        return subQuery.getKind() == SqlKind.SCALAR_QUERY ? rows.get(0) : null;
    }

    /** The kind that a function of the registry gives, after a check of what it is given. */
    KindOf function(String name, List<KindOf> operands) {
        Optional<FunctionEntry> entry = functions.find(name.toLowerCase(Locale.ROOT));
        if (entry.isEmpty()) {
            return null;
        }
        FunctionDescription function = entry.get().description();
        for (int i = 0; i < operands.size(); i++) {
            ArgumentDescription argument =
                    function.arguments().get(Math.min(i, function.arguments().size() - 1));
            KindOf given = operands.get(i);
            argument.accepts()
                    .filter(kind -> given != null && !kind.equals(given.kind()))
                    .ifPresent(
                            kind -> {
                                throw relations.refuse(
                                        function.name()
                                                + " takes a "
                                                + kind
                                                + " as '"
                                                + argument.name()
                                                + "', but is given "
                                                + given);
                            });
        }
        return function.returnsKind()
                .map(kind -> new KindOf(kind, function.name() + "()"))
                .orElse(null);
    }
}
