package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.AND;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.CAST;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.EQUALS;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT_EQUALS;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.OR;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;

/** Conditions that look at nothing but the change type. */
final class ChangeTypeConditions {

    private final String column;

    /**
     * @param column name of the change type in the rows that are filtered
     */
    ChangeTypeConditions(String column) {
        this.column = requireNonNull(column, "column is null");
    }

    /** The kinds of changes for which a condition is true; empty where it looks at more. */
    Optional<Set<RowKind>> kinds(ResolvedExpression condition) {
        Set<RowKind> kinds = EnumSet.noneOf(RowKind.class);
        for (RowKind kind : RowKind.values()) {
            Optional<Boolean> holds = holds(condition, ScanMetadata.changeType(kind).toString());
            if (holds.isEmpty()) {
                return Optional.empty();
            }
            if (holds.get()) {
                kinds.add(kind);
            }
        }
        return Optional.of(kinds);
    }

    private Optional<Boolean> holds(ResolvedExpression condition, String type) {
        if (!(condition instanceof CallExpression call)) {
            return Optional.empty();
        }
        FunctionDefinition function = call.getFunctionDefinition();
        List<ResolvedExpression> arguments = call.getResolvedChildren();
        if (function == AND || function == OR) {
            return all(arguments, type, function == AND);
        } else if (function == NOT) {
            return holds(arguments.get(0), type).map(holds -> !holds);
        } else if (function == EQUALS || function == NOT_EQUALS) {
            return isChangeType(arguments.get(0))
                    ? text(arguments.get(1)).map(t -> t.equals(type) == (function == EQUALS))
                    : isChangeType(arguments.get(1))
                            ? text(arguments.get(0))
                                    .map(t -> t.equals(type) == (function == EQUALS))
                            : Optional.empty();
        } else if (function == IN && isChangeType(arguments.get(0))) {
            List<Optional<String>> texts =
                    arguments.stream().skip(1).map(ChangeTypeConditions::text).toList();
            return texts.stream().allMatch(Optional::isPresent)
                    ? Optional.of(texts.contains(Optional.of(type)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Boolean> all(List<ResolvedExpression> conditions, String type, boolean and) {
        boolean holds = and;
        for (ResolvedExpression condition : conditions) {
            Optional<Boolean> one = holds(condition, type);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            holds = and ? holds && one.get() : holds || one.get();
        }
        return Optional.of(holds);
    }

    /** Itself, or cast to another string type, as the column may be declared nullable. */
    private boolean isChangeType(ResolvedExpression expression) {
        if (expression instanceof CallExpression call && call.getFunctionDefinition() == CAST) {
            LogicalType type = call.getOutputDataType().getLogicalType();
            return type.copy(true).equals(VarCharType.STRING_TYPE)
                    && isChangeType(call.getResolvedChildren().get(0));
        }
        return expression instanceof FieldReferenceExpression field
                && field.getName().equals(column);
    }

    private static Optional<String> text(ResolvedExpression expression) {
        return expression instanceof ValueLiteralExpression literal
                ? literal.getValueAs(String.class)
                : Optional.empty();
    }
}
