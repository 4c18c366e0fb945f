package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.flink.table.planner.calcite.RexTableArgCall;

/** Origins of expressions over the fields of one row. */
final class Expressions {
    private final List<NavigableSet<Origin>> fields;
    private final List<RexNode> locals;
    private final List<NavigableSet<Origin>> ofLocals = new ArrayList<>();
    private final Map<String, Flow> correlated;
    private final FunctionUses functions;

    /**
     * Over a row.
     *
     * @param locals expressions that others refer to, each only to those before it
     * @param correlated rows of other relations by the name of their variable
     */
    Expressions(
            List<NavigableSet<Origin>> fields,
            List<RexNode> locals,
            Map<String, Flow> correlated,
            FunctionUses functions) {
        this.fields = fields;
        this.locals = locals;
        this.correlated = correlated;
        this.functions = functions;
        locals.forEach(local -> ofLocals.add(of(local)));
    }

    /** Origins of an expression's value. */
    NavigableSet<Origin> of(RexNode expression) {
        if (expression instanceof RexLocalRef reference) {
            return ofLocals.get(reference.getIndex());
        } else if (expression instanceof RexInputRef reference) {
            return fields.get(reference.getIndex());
        } else if (expression instanceof RexLiteral || expression instanceof RexDynamicParam) {
            return Origins.none();
        } else if (expression instanceof RexFieldAccess access) {
            return field(access);
        } else if (expression instanceof RexTableArgCall) {
            return Origins.none();
        } else if (expression instanceof RexOver over) {
            return over(over);
        } else if (expression instanceof RexSubQuery) {
            throw Untraceable.of(expression);
        } else if (expression instanceof RexCall call) {
            return call(call);
        }
        throw Untraceable.of(expression);
    }

    /** Origins of what is decided by an expression. */
    NavigableSet<Origin> deciding(RexNode expression, Influence how) {
        return Origins.deciding(of(expression), how);
    }

    private NavigableSet<Origin> field(RexFieldAccess access) {
        RexNode of = access.getReferenceExpr();
        if (of instanceof RexCorrelVariable variable) {
            Flow row = correlated.get(variable.id.getName());
            if (row == null) {
                throw Untraceable.because("a correlation variable without its relation");
            }
            return row.fields().get(access.getField().getIndex());
        }
        RexNode struct = of instanceof RexLocalRef local ? locals.get(local.getIndex()) : of;
        if (struct instanceof RexCall call && call.getKind() == SqlKind.ROW) {
            return of(call.getOperands().get(access.getField().getIndex()));
        }
        NavigableSet<Origin> origins = new TreeSet<>();
        for (Origin origin : of(of)) {
            ColumnName column = origin.column();
            origins.add(
                    origin.influence() == Influence.IDENTITY
                            ? new Origin(
                                    new ColumnName(
                                            column.dataset(),
                                            column.column() + "." + access.getField().getName()),
                                    Influence.IDENTITY)
                            : origin);
        }
        return origins;
    }

    private NavigableSet<Origin> call(RexCall call) {
        functions.add(call.getOperator());
        List<RexNode> operands = call.getOperands();
        if (call.getKind() == SqlKind.CASE) {
            return branches(operands);
        } else if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.REINTERPRET) {
            NavigableSet<Origin> origins = of(operands.get(0));
            return isSameValue(operands.get(0).getType(), call.getType())
                    ? origins
                    : Origins.through(origins, Influence.TRANSFORMATION);
        }
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "IF" -> branches(operands);
            case "COALESCE", "IFNULL" -> firstOf(operands);
            default ->
                    Origins.through(
                            all(operands),
                            // Measures of a pattern compute over the rows that match.
                            call.getOperator() instanceof SqlAggFunction
                                    ? Influence.AGGREGATION
                                    : Influence.TRANSFORMATION);
        };
    }

    /** Conditions and values take turns; the last value has no condition. */
    private NavigableSet<Origin> branches(List<RexNode> operands) {
        NavigableSet<Origin> origins = new TreeSet<>();
        for (int i = 0; i < operands.size(); i++) {
            boolean condition = i % 2 == 0 && i < operands.size() - 1;
            origins.addAll(
                    condition
                            ? deciding(operands.get(i), Influence.CONDITIONAL)
                            : of(operands.get(i)));
        }
        return origins;
    }

    private NavigableSet<Origin> firstOf(List<RexNode> operands) {
        NavigableSet<Origin> origins = all(operands);
        operands.subList(0, operands.size() - 1)
                .forEach(operand -> origins.addAll(deciding(operand, Influence.CONDITIONAL)));
        return origins;
    }

    private NavigableSet<Origin> over(RexOver over) {
        functions.add(over.getAggOperator());
        NavigableSet<Origin> origins =
                Origins.through(all(over.getOperands()), Influence.AGGREGATION);
        over.getWindow().partitionKeys.forEach(key -> origins.addAll(window(key)));
        over.getWindow().orderKeys.forEach(key -> origins.addAll(window(key.left)));
        return origins;
    }

    private NavigableSet<Origin> window(RexNode key) {
        return deciding(key, Influence.WINDOW);
    }

    private NavigableSet<Origin> all(List<RexNode> expressions) {
        return Origins.union(expressions.stream().map(this::of).toList());
    }

    /** Whether a cast leaves values as they are; to a longer text it does. */
    private static boolean isSameValue(RelDataType from, RelDataType to) {
        if (from.getSqlTypeName() != to.getSqlTypeName()) {
            return false;
        }
        return switch (from.getSqlTypeName()) {
            case VARCHAR, VARBINARY -> from.getPrecision() <= to.getPrecision();
            case ROW, STRUCTURED, ARRAY, MAP, MULTISET -> text(from).equals(text(to));
            default -> from.getPrecision() == to.getPrecision() && from.getScale() == to.getScale();
        };
    }

    private static String text(RelDataType type) {
        return type.getFullTypeString().replace(" NOT NULL", "");
    }
}
