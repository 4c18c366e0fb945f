package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import io.millrace.functions.Results;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code count_if}. */
@FunctionDoc(
        name = "count_if",
        kind = FunctionKind.AGGREGATE,
        arguments = {@FunctionDoc.Argument(name = "condition", type = "BOOLEAN")},
        returns = "BIGINT NOT NULL",
        doc = "How many rows have TRUE.",
        nulls = "Never null; null does not count; none: 0.",
        tags = {"aggregate", "deterministic", "incremental"},
        examples = {
            "SELECT count_if(k > 1) FROM (VALUES ('b', 2), ('a', 1), ('c', 2)) " + "AS t(v, k) => 2"
        })
public final class CountIf extends AggregateFunction<Long, CountState> {

    @Override
    public CountState createAccumulator() {
        return new CountState();
    }

    public void accumulate(CountState state, Boolean condition) {
        state.count += one(condition);
    }

    public void retract(CountState state, Boolean condition) {
        state.count -= one(condition);
    }

    public void merge(CountState state, Iterable<CountState> others) {
        for (CountState other : others) {
            state.count += other.count;
        }
    }

    private static int one(Boolean condition) {
        return condition != null && condition ? 1 : 0;
    }

    @Override
    public Long getValue(CountState state) {
        return state.count;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.aggregate(
                this,
                call ->
                        Optional.of(
                                DataTypes.STRUCTURED(
                                        CountState.class,
                                        DataTypes.FIELD(
                                                "count",
                                                DataTypes.BIGINT()
                                                        .notNull()
                                                        .bridgedTo(long.class)))),
                Results.always(DataTypes.BIGINT().notNull()));
    }
}
