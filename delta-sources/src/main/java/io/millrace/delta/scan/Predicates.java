package io.millrace.delta.scan;

import io.millrace.delta.scan.Predicate.And;
import io.millrace.delta.scan.Predicate.Comparison;
import io.millrace.delta.scan.Predicate.In;
import io.millrace.delta.scan.Predicate.IsNotNull;
import io.millrace.delta.scan.Predicate.IsNull;
import io.millrace.delta.scan.Predicate.Or;
import io.millrace.delta.scan.Predicate.StartsWith;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.annotation.Internal;

/** Puts predicates together and takes them apart. */
@Internal
public final class Predicates {

    private Predicates() {}

    /** Whether {@code predicate} says nothing. */
    public static boolean isTrue(Predicate predicate) {
        return predicate instanceof And and && and.parts().isEmpty();
    }

    /** All of {@code parts}, flattened. */
    public static Predicate and(List<Predicate> parts) {
        Set<Predicate> flat = new LinkedHashSet<>();
        for (Predicate part : parts) {
            if (part instanceof And and) {
                flat.addAll(and.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.iterator().next() : new And(List.copyOf(flat));
    }

    /** One of {@code parts}, flattened. */
    public static Predicate or(List<Predicate> parts) {
        Set<Predicate> flat = new LinkedHashSet<>();
        for (Predicate part : parts) {
            if (isTrue(part)) {
                return Predicate.TRUE;
            } else if (part instanceof Or or) {
                flat.addAll(or.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.iterator().next() : new Or(List.copyOf(flat));
    }

    /** The columns and fields that {@code predicate} looks at. */
    public static Set<FieldPath> fields(Predicate predicate) {
        Set<FieldPath> fields = new LinkedHashSet<>();
        mapFields(
                predicate,
                field -> {
                    fields.add(field);
                    return Optional.of(field);
                });
        return fields;
    }

    /**
     * {@code predicate} in other names: what it says of fields for which {@code mapping} has none
     * is dropped, so the result may be weaker.
     */
    public static Predicate mapFields(
            Predicate predicate, Function<FieldPath, Optional<FieldPath>> mapping) {
        if (predicate instanceof And and) {
            return and(and.parts().stream().map(part -> mapFields(part, mapping)).toList());
        } else if (predicate instanceof Or or) {
            return or(or.parts().stream().map(part -> mapFields(part, mapping)).toList());
        } else if (predicate instanceof Comparison of) {
            return mapped(of.field(), mapping, f -> new Comparison(f, of.operator(), of.literal()));
        } else if (predicate instanceof In of) {
            return mapped(of.field(), mapping, field -> new In(field, of.literals()));
        } else if (predicate instanceof StartsWith of) {
            return mapped(of.field(), mapping, field -> new StartsWith(field, of.prefix()));
        } else if (predicate instanceof IsNull of) {
            return mapped(of.field(), mapping, IsNull::new);
        }
        return mapped(((IsNotNull) predicate).field(), mapping, IsNotNull::new);
    }

    private static Predicate mapped(
            FieldPath field,
            Function<FieldPath, Optional<FieldPath>> mapping,
            Function<FieldPath, Predicate> predicate) {
        return mapping.apply(field).map(predicate).orElse(Predicate.TRUE);
    }
}
