package io.millrace.delta.source.sql;

import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.AND;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.BETWEEN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.EQUALS;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.GREATER_THAN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_FALSE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_NOT_NULL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_NULL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_TRUE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.LESS_THAN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.LIKE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT_BETWEEN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT_EQUALS;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.OR;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicate.Operator;
import io.millrace.delta.scan.Predicates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.NestedFieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * One of Flink's conditions as a predicate. What comes out holds for every row for which the
 * condition is true, and is weaker where the condition cannot be said as a predicate.
 */
final class FilterTranslator {

    private static final Map<FunctionDefinition, Operator> COMPARISONS =
            Map.of(
                    EQUALS, Operator.EQUAL,
                    NOT_EQUALS, Operator.NOT_EQUAL,
                    LESS_THAN, Operator.LESS,
                    LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL,
                    GREATER_THAN, Operator.GREATER,
                    GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL);

    private final Function<FieldPath, Optional<FieldPath>> columns;
    private boolean exact = true;

    /**
     * @param columns from a field of the rows that are filtered to the field of the table; empty
     *     where the table has no such field
     */
    FilterTranslator(Function<FieldPath, Optional<FieldPath>> columns) {
        this.columns = columns;
    }

    /** Empty where nothing can be said. */
    Optional<Predicate> translate(ResolvedExpression condition) {
        return translate(condition, false).filter(predicate -> !Predicates.isTrue(predicate));
    }

    /** Whether what was translated holds for no other rows than the condition. */
    boolean isExact() {
        return exact;
    }

    private record Field(FieldPath path, LogicalType type) {}

    /** A condition, or the opposite of one. Three-valued: neither holds where it is unknown. */
    private Optional<Predicate> translate(ResolvedExpression condition, boolean negated) {
        Optional<Field> field = field(condition);
        if (field.isPresent()) {
            return field.get().type() instanceof BooleanType
                    ? Optional.of(Constants.isBoolean(field.get().path(), !negated))
                    : Optional.empty();
        }
        if (!(condition instanceof CallExpression call)) {
            return Optional.empty();
        }
        FunctionDefinition function = call.getFunctionDefinition();
        List<ResolvedExpression> arguments = call.getResolvedChildren();
        if (function == AND || function == OR) {
            return (function == AND) != negated
                    ? Optional.of(every(arguments, negated))
                    : any(arguments, negated);
        } else if (function == NOT) {
            return translate(arguments.get(0), !negated);
        } else if (COMPARISONS.containsKey(function)) {
            return comparison(COMPARISONS.get(function), arguments, negated);
        } else if (function == IS_NULL || function == IS_NOT_NULL) {
            boolean isNull = (function == IS_NULL) != negated;
            return field(arguments.get(0))
                    .map(
                            of ->
                                    isNull
                                            ? new Predicate.IsNull(of.path())
                                            : new Predicate.IsNotNull(of.path()));
        } else if (negated) {
            return Optional.empty();
        }
        return notNegated(function, arguments);
    }

    private Optional<Predicate> notNegated(
            FunctionDefinition function, List<ResolvedExpression> arguments) {
        if (function == IS_TRUE) {
            return translate(arguments.get(0), false);
        } else if (function == IS_FALSE) {
            return translate(arguments.get(0), true);
        } else if (function == IN) {
            return in(arguments);
        } else if (function == LIKE) {
            return like(arguments);
        } else if (function == BETWEEN) {
            return between(arguments, Operator.GREATER_OR_EQUAL, Operator.LESS_OR_EQUAL, true);
        } else if (function == NOT_BETWEEN) {
            return between(arguments, Operator.LESS, Operator.GREATER, false);
        }
        return Optional.empty();
    }

    private Predicate every(List<ResolvedExpression> conditions, boolean negated) {
        List<Predicate> parts = new ArrayList<>();
        for (ResolvedExpression condition : conditions) {
            Optional<Predicate> part = translate(condition, negated);
            exact &= part.isPresent();
            part.ifPresent(parts::add);
        }
        return Predicates.and(parts);
    }

    private Optional<Predicate> any(List<ResolvedExpression> conditions, boolean negated) {
        List<Predicate> parts = new ArrayList<>();
        for (ResolvedExpression condition : conditions) {
            Optional<Predicate> part = translate(condition, negated);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(Predicates.or(parts));
    }

    private Optional<Predicate> between(
            List<ResolvedExpression> arguments, Operator lower, Operator upper, boolean both) {
        Optional<Predicate> one =
                comparison(lower, List.of(arguments.get(0), arguments.get(1)), false);
        Optional<Predicate> two =
                comparison(upper, List.of(arguments.get(0), arguments.get(2)), false);
        if (one.isEmpty() || two.isEmpty()) {
            return Optional.empty();
        }
        List<Predicate> parts = List.of(one.get(), two.get());
        return Optional.of(both ? Predicates.and(parts) : Predicates.or(parts));
    }

    private Optional<Predicate> comparison(
            Operator operator, List<ResolvedExpression> sides, boolean negated) {
        Optional<Field> left = field(sides.get(0));
        Optional<Field> right = field(sides.get(1));
        Optional<Field> field = left.isPresent() ? left : right;
        ResolvedExpression other = sides.get(left.isPresent() ? 1 : 0);
        if (field.isEmpty() || !(other instanceof ValueLiteralExpression constant)) {
            return Optional.empty();
        }
        LogicalType type = field.get().type();
        if (negated && type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
            // The opposite of an order holds for NaN.
            return Optional.empty();
        }
        Operator said = left.isPresent() ? operator : operator.flipped();
        return Constants.compare(
                field.get().path(), type, negated ? said.negated() : said, constant);
    }

    private Optional<Predicate> in(List<ResolvedExpression> arguments) {
        List<Predicate> parts = new ArrayList<>();
        for (ResolvedExpression one : arguments.subList(1, arguments.size())) {
            Optional<Predicate> part =
                    comparison(Operator.EQUAL, List.of(arguments.get(0), one), false);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(Predicates.or(parts));
    }

    private Optional<Predicate> like(List<ResolvedExpression> arguments) {
        Optional<Field> field = field(arguments.get(0));
        if (field.isEmpty()
                || arguments.size() != 2
                || !(field.get().type() instanceof VarCharType)
                || !(arguments.get(1) instanceof ValueLiteralExpression literal)) {
            return Optional.empty();
        }
        String pattern = literal.getValueAs(String.class).orElse("");
        int prefix = 0;
        while (prefix < pattern.length() && "%_\\".indexOf(pattern.charAt(prefix)) < 0) {
            prefix++;
        }
        exact &= prefix < pattern.length() && pattern.substring(prefix).matches("%+");
        return (prefix == 0 || pattern.indexOf('\\') >= 0)
                ? Optional.empty()
                : Optional.of(
                        new Predicate.StartsWith(field.get().path(), pattern.substring(0, prefix)));
    }

    /** A column, a field of one, or one of them cast to a type that holds all its values. */
    private Optional<Field> field(ResolvedExpression expression) {
        LogicalType type = expression.getOutputDataType().getLogicalType();
        if (expression instanceof FieldReferenceExpression reference) {
            return columns.apply(FieldPath.of(reference.getName()))
                    .map(path -> new Field(path, type));
        } else if (expression instanceof NestedFieldReferenceExpression reference) {
            return columns.apply(FieldPath.of(reference.getFieldNames()))
                    .map(path -> new Field(path, type));
        } else if (expression instanceof CallExpression call
                && LosslessCasts.isCast(call.getFunctionDefinition())) {
            return field(call.getResolvedChildren().get(0))
                    .filter(of -> LosslessCasts.keepsOrder(of.type(), type));
        }
        return Optional.empty();
    }
}
