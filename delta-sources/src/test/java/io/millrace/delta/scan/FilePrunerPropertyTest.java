package io.millrace.delta.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.scan.Predicate.Operator;
import io.millrace.delta.scan.RandomFiles.Generated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Random files and predicates; the oracle looks at the rows. */
class FilePrunerPropertyTest {

    private static final List<Operator> OPERATORS = List.of(Operator.values());

    private final Random random = new Random(20260711);

    @Test
    void noFileIsSkippedThatHasARowToRead() {
        int skipped = 0;
        int whole = 0;
        for (int i = 0; i < 8_000; i++) {
            RandomFiles files = new RandomFiles(random);
            Predicate predicate = predicate(files, 2);
            Generated generated = files.file();
            FilePruner pruner = new FilePruner(predicate, files.metadata());

            Verdict verdict = pruner.judge(generated.file());

            long needed =
                    generated.rows().stream()
                            .filter(row -> Boolean.TRUE.equals(holds(predicate, row)))
                            .count();
            if (verdict == Verdict.NONE) {
                skipped++;
                assertThat(needed)
                        .as("%s on %s of %s", predicate, generated.rows(), generated.file())
                        .isZero();
            } else if (verdict == Verdict.ALL) {
                whole++;
                assertThat(needed)
                        .as("%s on %s of %s", predicate, generated.rows(), generated.file())
                        .isEqualTo(generated.rows().size());
            }
            assertThat(pruner.keeps(generated.file())).isEqualTo(verdict != Verdict.NONE);
        }
        assertThat(skipped).isGreaterThan(2_000);
        assertThat(whole).isGreaterThan(200);
    }

    private Predicate predicate(RandomFiles files, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            List<Predicate> parts = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                parts.add(predicate(files, depth - 1));
            }
            return random.nextBoolean() ? new Predicate.And(parts) : new Predicate.Or(parts);
        }
        FieldPath field = RandomFiles.FIELDS.get(random.nextInt(RandomFiles.FIELDS.size()));
        return switch (random.nextInt(6)) {
            case 0 -> new Predicate.IsNull(field);
            case 1 -> new Predicate.IsNotNull(field);
            case 2 ->
                    new Predicate.In(field, List.of(literal(files, field), literal(files, field)));
            case 3 ->
                    new Predicate.StartsWith(
                            RandomFiles.STRING, (String) files.value(RandomFiles.STRING));
            default ->
                    new Predicate.Comparison(
                            field,
                            OPERATORS.get(random.nextInt(OPERATORS.size())),
                            literal(files, field));
        };
    }

    private static Literal literal(RandomFiles files, FieldPath field) {
        Object value = files.value(field);
        if (value instanceof Double number) {
            return new Literal(new DoubleType(), number.isNaN() ? 0.5 : number);
        } else if (value instanceof String text) {
            return new Literal(new VarCharType(), text);
        } else if (value instanceof BigDecimal number) {
            return number.scale() == 0
                    ? new Literal(new BigIntType(), number.longValueExact())
                    : new Literal(new DecimalType(20, 3), number);
        }
        return field.equals(RandomFiles.DATE)
                ? new Literal(new DateType(), ((Long) value).intValue())
                : new Literal(new LocalZonedTimestampType(6), (Long) value);
    }

    /** What SQL says of a row: null is unknown. */
    private static Boolean holds(Predicate predicate, Map<FieldPath, Object> row) {
        if (predicate instanceof Predicate.And and) {
            boolean all = true;
            for (Predicate part : and.parts()) {
                all &= Boolean.TRUE.equals(holds(part, row));
            }
            return all;
        } else if (predicate instanceof Predicate.Or or) {
            return or.parts().stream().anyMatch(part -> Boolean.TRUE.equals(holds(part, row)));
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return row.get(isNull.field()) == null;
        } else if (predicate instanceof Predicate.IsNotNull isNotNull) {
            return row.get(isNotNull.field()) != null;
        } else if (predicate instanceof Predicate.In in) {
            return in.literals().stream()
                    .anyMatch(one -> compare(row.get(in.field()), Operator.EQUAL, one));
        } else if (predicate instanceof Predicate.StartsWith like) {
            Object value = row.get(like.field());
            return value != null && ((String) value).startsWith(like.prefix());
        }
        Predicate.Comparison of = (Predicate.Comparison) predicate;
        return compare(row.get(of.field()), of.operator(), of.literal());
    }

    private static boolean compare(Object value, Operator operator, Literal literal) {
        if (value == null) {
            return false;
        } else if (value.equals(Double.NaN)) {
            return operator == Operator.NOT_EQUAL;
        }
        Object constant =
                switch (literal.type().getTypeRoot()) {
                    case BIGINT -> BigDecimal.valueOf((Long) literal.value());
                    case DATE -> ((Integer) literal.value()).longValue();
                    default -> literal.value();
                };
        return operator.holds(RandomFiles.compare(value, constant));
    }
}
