package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * What is known of all rows that a scan needs, in the three-valued logic of SQL: a row is needed
 * only if it is true. Serves to skip files, row groups and pages; who wants exactly the rows
 * filters them again.
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
    }

    /** At least one of {@code parts}. */
    record Or(List<Predicate> parts) implements Predicate {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** A column compared with a constant; unknown where the column is null. */
    record Comparison(FieldPath field, Operator operator, Literal literal) implements Predicate {
        public Comparison {
            requireNonNull(field, "field is null");
            requireNonNull(operator, "operator is null");
            requireNonNull(literal, "literal is null");
        }
    }

    /** A column equal to one of several constants. */
    record In(FieldPath field, List<Literal> literals) implements Predicate {
        public In {
            requireNonNull(field, "field is null");
            literals = List.copyOf(literals);
        }
    }

    /** A string column that begins with {@code prefix}. */
    record StartsWith(FieldPath field, String prefix) implements Predicate {
        public StartsWith {
            requireNonNull(field, "field is null");
            requireNonNull(prefix, "prefix is null");
        }
    }

    record IsNull(FieldPath field) implements Predicate {
        public IsNull {
            requireNonNull(field, "field is null");
        }
    }

    record IsNotNull(FieldPath field) implements Predicate {
        public IsNotNull {
            requireNonNull(field, "field is null");
        }
    }

    /** How a column compares with a constant. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
