package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known of one column in the rows of a file.
 *
 * @param nulls how many of its values are null
 * @param lower no value that is not null is less; NaN aside
 * @param upper no value that is not null is greater; NaN aside
 * @param shape what else the bounds say
 */
record ColumnFacts(Nulls nulls, Optional<Value> lower, Optional<Value> upper, Shape shape) {

    enum Nulls {
        NONE,
        UNKNOWN,
        ALL
    }

    enum Shape {
        BOUNDS,
        /** The upper bound was cut off: values that begin with it are not greater either. */
        UPPER_PREFIX,
        /** All values that are not null are equal to the bounds. */
        CONSTANT
    }

    static final ColumnFacts UNKNOWN = withoutBounds(Nulls.UNKNOWN);

    ColumnFacts {
        requireNonNull(nulls, "nulls is null");
        requireNonNull(lower, "lower is null");
        requireNonNull(upper, "upper is null");
    }

    /** All rows have this value. */
    static ColumnFacts constant(Value value) {
        return new ColumnFacts(Nulls.NONE, Optional.of(value), Optional.of(value), Shape.CONSTANT);
    }

    static ColumnFacts withoutBounds(Nulls nulls) {
        return new ColumnFacts(nulls, Optional.empty(), Optional.empty(), Shape.BOUNDS);
    }

    Verdict compare(Predicate.Operator operator, Value constant) {
        if (nulls == Nulls.ALL) {
            return Verdict.NONE;
        }
        boolean comparable =
                lower.or(() -> upper).map(bound -> bound.kind() == constant.kind()).orElse(false);
        if (!comparable) {
            return Verdict.SOME;
        }
        if (constant.kind() == Value.Kind.FLOATING) {
            // NaN and the sign of zero: what SQL says of them depends on the constant's type.
            return mayHold(loose(operator), constant) ? Verdict.SOME : Verdict.NONE;
        }
        if (shape == Shape.CONSTANT) {
            boolean holds = operator.holds(lower.get().compareWith(constant));
            return holds ? Verdict.ALL : Verdict.NONE;
        }
        return mayHold(operator, constant) ? Verdict.SOME : Verdict.NONE;
    }

    private static Predicate.Operator loose(Predicate.Operator operator) {
        return switch (operator) {
            case LESS -> Predicate.Operator.LESS_OR_EQUAL;
            case GREATER -> Predicate.Operator.GREATER_OR_EQUAL;
            case EQUAL, NOT_EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> operator;
        };
    }

    private boolean mayHold(Predicate.Operator operator, Value constant) {
        return switch (operator) {
            case EQUAL -> !(lowerAgainst(constant) > 0) && !(upperAgainst(constant) < 0);
            case NOT_EQUAL -> true;
            case LESS -> lowerAgainst(constant) < 0;
            case LESS_OR_EQUAL -> lowerAgainst(constant) <= 0;
            case GREATER -> upperAgainst(constant) > 0;
            case GREATER_OR_EQUAL -> upperAgainst(constant) >= 0;
        };
    }

    Verdict startsWith(String prefix) {
        if (nulls == Nulls.ALL) {
            return Verdict.NONE;
        }
        Value start = Value.string(prefix);
        boolean strings =
                lower.or(() -> upper).map(v -> v.kind() == Value.Kind.STRING).orElse(false);
        if (!strings) {
            return Verdict.SOME;
        }
        if (shape == Shape.CONSTANT) {
            boolean holds = lower.get().startsWith(start);
            return holds ? Verdict.ALL : Verdict.NONE;
        }
        boolean above = lowerAgainst(start) > 0 && !lower.get().startsWith(start);
        return above || upperAgainst(start) < 0 ? Verdict.NONE : Verdict.SOME;
    }

    /** How the least value may compare with a constant. */
    private int lowerAgainst(Value constant) {
        return lower.map(bound -> bound.compareWith(constant)).orElse(-1);
    }

    /** How the greatest value may compare with a constant. */
    private int upperAgainst(Value constant) {
        if (upper.isEmpty() || (shape == Shape.UPPER_PREFIX && constant.startsWith(upper.get()))) {
            return 1;
        }
        return upper.get().compareWith(constant);
    }

    Verdict isNull() {
        return switch (nulls) {
            case NONE -> Verdict.NONE;
            case UNKNOWN -> Verdict.SOME;
            case ALL -> Verdict.ALL;
        };
    }

    Verdict isNotNull() {
        return switch (nulls) {
            case NONE -> Verdict.ALL;
            case UNKNOWN -> Verdict.SOME;
            case ALL -> Verdict.NONE;
        };
    }
}
