package io.millrace.tests.scan;

import static java.util.Objects.requireNonNull;

import io.millrace.tests.scan.ModelType.Field;
import io.millrace.tests.scan.ModelType.ListOf;
import io.millrace.tests.scan.ModelType.MapOf;
import io.millrace.tests.scan.ModelType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a statement takes of a row: in SQL, and from a row of the model. */
record ScanExpression(String sql, ModelType type, Function<Map<String, Object>, Object> value) {

    ScanExpression {
        requireNonNull(sql, "sql is null");
        requireNonNull(type, "type is null");
        requireNonNull(value, "value is null");
    }

    String text(Map<String, Object> row) {
        return type.text(value.apply(row));
    }

    /** Columns, fields of structs at every depth, the first elements of lists, values of maps. */
    static List<ScanExpression> of(Struct columns) {
        List<ScanExpression> all = new ArrayList<>();
        for (Field field : columns.fields()) {
            addWithParts(
                    all,
                    new ScanExpression(
                            "t.`" + field.name() + "`",
                            field.type(),
                            row -> row.get(field.name())));
        }
        return all;
    }

    private static void addWithParts(List<ScanExpression> all, ScanExpression one) {
        all.add(one);
        if (one.type() instanceof Struct struct) {
            for (Field field : struct.fields()) {
                addWithParts(
                        all,
                        one.part(
                                ".`" + field.name() + "`",
                                field.type(),
                                value -> ((Map<?, ?>) value).get(field.name())));
            }
        } else if (one.type() instanceof ListOf list) {
            all.add(
                    one.part(
                            "[1]",
                            list.element(),
                            value ->
                                    ((List<?>) value).isEmpty() ? null : ((List<?>) value).get(0)));
        } else if (one.type() instanceof MapOf map) {
            all.add(one.part("['k1']", map.value(), value -> ((Map<?, ?>) value).get("k1")));
        }
    }

    private ScanExpression part(String suffix, ModelType of, Function<Object, Object> part) {
        return new ScanExpression(
                sql + suffix,
                of,
                row -> {
                    Object whole = value.apply(row);
                    return whole == null ? null : part.apply(whole);
                });
    }
}
