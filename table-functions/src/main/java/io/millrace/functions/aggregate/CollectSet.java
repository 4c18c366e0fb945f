package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import io.millrace.functions.Results;
import io.millrace.functions.ValueOrder;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** {@code collect_set}. */
@FunctionDoc(
        name = "collect_set",
        kind = FunctionKind.AGGREGATE,
        arguments = {@FunctionDoc.Argument(name = "x", type = "ANY")},
        returns = "ARRAY<T NOT NULL> NOT NULL",
        doc = "The distinct values, sorted as by list_unique_sorted.",
        nulls = "Never null; nulls do not count; none: an empty array.",
        tags = {"aggregate", "list", "deterministic", "incremental"},
        examples = {
            "SELECT collect_set(v) FROM (VALUES ('b', 2), ('a', 1), ('c', 2)) "
                    + "AS t(v, k) => [a, b, c]"
        })
public final class CollectSet extends AggregateFunction<ArrayData, SetState>
        implements SpecializedFunction {

    private final Multiset entries;
    private final ValueOrder order;
    private final RowData.FieldGetter value;

    public CollectSet() {
        this.entries = null;
        this.order = null;
        this.value = null;
    }

    private CollectSet(LogicalType type) {
        this.entries = new Multiset(type);
        this.order = ValueOrder.of(type);
        this.value = RowData.createFieldGetter(type, 0);
    }

    static CollectSet of(LogicalType type) {
        return new CollectSet(type.copy(true));
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return of(context.getCallContext().getArgumentDataTypes().get(0).getLogicalType());
    }

    @Override
    public SetState createAccumulator() {
        return new SetState();
    }

    public void accumulate(SetState state, Object x) throws Exception {
        add(state, x, 1);
    }

    public void retract(SetState state, Object x) throws Exception {
        add(state, x, -1);
    }

    private void add(SetState state, Object x, long change) throws Exception {
        if (x != null) {
            Multiset.add(state.counts, entries.entry(x), change);
        }
    }

    public void merge(SetState state, Iterable<SetState> others) throws Exception {
        for (SetState other : others) {
            entries.addAll(state.counts, other.counts);
        }
    }

    @Override
    public ArrayData getValue(SetState state) {
        Set<Object> values = new TreeSet<>(order);
        for (RowData entry : Multiset.present(state.counts)) {
            values.add(value.getFieldOrNull(entry));
        }
        return new GenericArrayData(values.toArray());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.aggregate(
                this,
                call ->
                        Optional.of(
                                DataTypes.STRUCTURED(
                                        SetState.class,
                                        DataTypes.FIELD(
                                                "counts",
                                                Multiset.viewType(argument(call, true))))),
                call ->
                        Optional.of(
                                DataTypeUtils.toInternalDataType(
                                        new ArrayType(false, argument(call, false)))));
    }

    private static LogicalType argument(CallContext call, boolean nullable) {
        return call.getArgumentDataTypes().get(0).getLogicalType().copy(nullable);
    }
}
