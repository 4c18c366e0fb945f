package io.millrace.tests.scan;

import static java.util.Objects.requireNonNull;

import io.millrace.tests.scan.ModelType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A condition: in SQL, and of a row of the model, where empty is SQL's unknown. */
record ScanCondition(String sql, Function<Map<String, Object>, Optional<Boolean>> value) {

    ScanCondition {
        requireNonNull(sql, "sql is null");
        requireNonNull(value, "value is null");
    }

    boolean holds(Map<String, Object> row) {
        return value.apply(row).orElse(false);
    }

    /**
     * @param samples rows whose values conditions compare with
     */
    static ScanCondition random(
            List<ScanExpression> expressions,
            List<Map<String, Object>> samples,
            int depth,
            Random random) {
        if (depth > 0 && random.nextInt(2) == 0) {
            ScanCondition left = random(expressions, samples, depth - 1, random);
            ScanCondition right = random(expressions, samples, depth - 1, random);
            return switch (random.nextInt(5)) {
                case 0, 1 -> left.and(right);
                case 2, 3 ->
                        left.not().and(right.not()).not("(" + left.sql + " OR " + right.sql + ")");
                default -> left.not("NOT " + left.sql);
            };
        }
        ScanExpression one = expressions.get(random.nextInt(expressions.size()));
        if (one.type() instanceof Primitive primitive
                && primitive.kind().isCompared()
                && random.nextInt(6) > 0) {
            return compared(one, primitive.kind(), samples, random);
        }
        boolean isNull = random.nextBoolean();
        return new ScanCondition(
                "(" + one.sql() + (isNull ? " IS NULL)" : " IS NOT NULL)"),
                row -> Optional.of((one.value().apply(row) == null) == isNull));
    }

    private static ScanCondition compared(
            ScanExpression one,
            ModelPrimitive kind,
            List<Map<String, Object>> samples,
            Random random) {
        List<Object> literals = new ArrayList<>();
        for (int i = random.nextInt(3) == 0 ? 3 : 1; i > 0; i--) {
            Object sample =
                    samples.isEmpty()
                            ? null
                            : one.value().apply(samples.get(random.nextInt(samples.size())));
            literals.add(sample == null || random.nextInt(4) == 0 ? kind.random(random) : sample);
        }
        if (literals.size() > 1) {
            String list = literals.stream().map(kind::literal).collect(Collectors.joining(", "));
            return new ScanCondition(
                    "(" + one.sql() + " IN (" + list + "))",
                    row ->
                            Optional.ofNullable(one.value().apply(row))
                                    .map(
                                            value ->
                                                    literals.stream()
                                                            .anyMatch(
                                                                    literal ->
                                                                            kind.compare(
                                                                                            value,
                                                                                            literal)
                                                                                    == 0)));
        }
        Object literal = literals.get(0);
        List<String> operators =
                kind == ModelPrimitive.BOOLEAN
                        ? List.of("=", "<>")
                        : List.of("=", "<>", "<", "<=", ">", ">=");
        String operator = operators.get(random.nextInt(operators.size()));
        return new ScanCondition(
                "(" + one.sql() + " " + operator + " " + kind.literal(literal) + ")",
                row ->
                        Optional.ofNullable(one.value().apply(row))
                                .map(value -> holds(operator, kind.compare(value, literal))));
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private ScanCondition and(ScanCondition other) {
        return new ScanCondition(
                "(" + sql + " AND " + other.sql + ")",
                row -> {
                    Optional<Boolean> left = value.apply(row);
                    Optional<Boolean> right = other.value.apply(row);
                    if (left.equals(Optional.of(false)) || right.equals(Optional.of(false))) {
                        return Optional.of(false);
                    }
                    return left.isPresent() ? right : left;
                });
    }

    private ScanCondition not() {
        return not("(NOT " + sql + ")");
    }

    /** The opposite, written otherwise. */
    private ScanCondition not(String written) {
        return new ScanCondition(written, row -> value.apply(row).map(is -> !is));
    }
}
