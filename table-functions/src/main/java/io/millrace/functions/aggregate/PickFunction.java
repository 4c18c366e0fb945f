package io.millrace.functions.aggregate;

import io.millrace.functions.Results;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Public for generated code, which calls its methods. The value of the row whose key is smallest
 * (or largest); of several values under that key the smallest. Rows with a null value or key do not
 * count. All rows stay in the state as ordered (key, value) entries, so that the runner-up comes
 * back when the best row goes.
 */
public abstract class PickFunction extends AggregateFunction<Object, BestState>
        implements SpecializedFunction {

    private final Multiset form;
    private final OrderedEntries entries;
    private final RowData.FieldGetter value;

    PickFunction() {
        this.form = null;
        this.entries = null;
        this.value = null;
    }

    PickFunction(LogicalType valueType, LogicalType keyType, boolean largestKey) {
        this.form = new Multiset(keyType, valueType);
        this.entries = new OrderedEntries(new EntryOrder(keyType, valueType, largestKey));
        this.value = RowData.createFieldGetter(valueType.copy(true), 1);
    }

    abstract UserDefinedFunction forTypes(LogicalType valueType, LogicalType keyType);

    @Override
    public final UserDefinedFunction specialize(SpecializedContext context) {
        List<DataType> arguments = context.getCallContext().getArgumentDataTypes();
        return forTypes(
                arguments.get(0).getLogicalType().copy(true),
                arguments.get(1).getLogicalType().copy(true));
    }

    @Override
    public final BestState createAccumulator() {
        return new BestState();
    }

    public final void accumulate(BestState state, Object value, Object key) throws Exception {
        if (value != null && key != null) {
            entries.add(state, form.entry(key, value), 1);
        }
    }

    public final void retract(BestState state, Object value, Object key) throws Exception {
        if (value != null && key != null) {
            entries.add(state, form.entry(key, value), -1);
        }
    }

    public final void merge(BestState state, Iterable<BestState> others) throws Exception {
        for (BestState other : others) {
            entries.addAll(state, other, form);
        }
    }

    @Override
    public final Object getValue(BestState state) {
        return state.best == null ? null : value.getFieldOrNull(state.best);
    }

    @Override
    public final TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.aggregate(this, PickFunction::stateType, Results.nullableArgument(0));
    }

    private static Optional<DataType> stateType(CallContext call) {
        LogicalType value = call.getArgumentDataTypes().get(0).getLogicalType().copy(true);
        LogicalType key = call.getArgumentDataTypes().get(1).getLogicalType().copy(true);
        return Optional.of(
                DataTypes.STRUCTURED(
                        BestState.class,
                        DataTypes.FIELD(
                                "nodes",
                                MapView.newMapViewDataType(
                                        DataTypes.BIGINT().notNull(),
                                        OrderedEntries.nodeType(key, value))),
                        DataTypes.FIELD("owed", Multiset.viewType(key, value)),
                        DataTypes.FIELD("best", Multiset.entryType(key, value)),
                        number("root"),
                        number("lastNode"),
                        number("owing")));
    }

    private static DataTypes.Field number(String name) {
        return DataTypes.FIELD(name, DataTypes.BIGINT().notNull().bridgedTo(long.class));
    }
}
