package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;

/**
 * What is known of all rows that a scan needs, in the three-valued logic of SQL: a row is needed
 * only if it is true. Serves to skip files, row groups and pages; who wants exactly the rows
 * filters them again.
 *
 * <p>There is no negation: who translates a condition pushes it down to the comparisons. A
 * comparison of a floating-point column says nothing of NaN where it is an order.
 */
@Internal
public sealed interface Predicate extends Serializable {

    /** Holds for every row. */
    Predicate TRUE = new And(List.of());

    /** Every one of {@code parts}. */
    record And(List<Predicate> parts) implements Predicate {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.isEmpty() ? "TRUE" : joined(parts, " AND ");
        }
    }

    /** At least one of {@code parts}. */
    record Or(List<Predicate> parts) implements Predicate {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.isEmpty() ? "FALSE" : joined(parts, " OR ");
        }
    }

    /** A column compared with a constant; unknown where the column is null. */
    record Comparison(FieldPath field, Operator operator, Literal literal) implements Predicate {
        public Comparison {
            requireNonNull(field, "field is null");
            requireNonNull(operator, "operator is null");
            requireNonNull(literal, "literal is null");
        }

        @Override
        public String toString() {
            return field + " " + operator.symbol + " " + literal;
        }
    }

    /** A column equal to one of several constants. */
    record In(FieldPath field, List<Literal> literals) implements Predicate {
        public In {
            requireNonNull(field, "field is null");
            literals = List.copyOf(literals);
        }

        @Override
        public String toString() {
            return literals.stream()
                    .map(Literal::toString)
                    .collect(Collectors.joining(", ", field + " IN (", ")"));
        }
    }

    /** A string column that begins with {@code prefix}. */
    record StartsWith(FieldPath field, String prefix) implements Predicate {
        public StartsWith {
            requireNonNull(field, "field is null");
            requireNonNull(prefix, "prefix is null");
        }

        @Override
        public String toString() {
            return field + " LIKE '" + prefix.replace("'", "''") + "%'";
        }
    }

    /** A column that is null, or inside of one that is. */
    record IsNull(FieldPath field) implements Predicate {
        public IsNull {
            requireNonNull(field, "field is null");
        }

        @Override
        public String toString() {
            return field + " IS NULL";
        }
    }

    /** A column that is not null. */
    record IsNotNull(FieldPath field) implements Predicate {
        public IsNotNull {
            requireNonNull(field, "field is null");
        }

        @Override
        public String toString() {
            return field + " IS NOT NULL";
        }
    }

    /** How a column compares with a constant. */
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** The operator that says the same with the sides exchanged. */
        public Operator flipped() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }

        /** The operator that holds where this one does not, nulls aside. */
        public Operator negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }

        /** Whether it holds for a value that compares with the constant like {@code order} to 0. */
        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    private static String joined(List<Predicate> parts, String operator) {
        List<String> texts = new ArrayList<>();
        for (Predicate part : parts) {
            boolean compound = part instanceof And || part instanceof Or;
            texts.add(compound ? "(" + part + ")" : part.toString());
        }
        return String.join(operator, texts);
    }
}
