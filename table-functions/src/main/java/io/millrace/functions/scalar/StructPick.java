package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.RowType;

/** {@code struct_pick}. */
@FunctionDoc(
        name = "struct_pick",
        arguments = {
            @FunctionDoc.Argument(name = "r", type = "ROW"),
            @FunctionDoc.Argument(name = "field", type = "STRING", varargs = true, literal = true)
        },
        returns = "ROW",
        doc =
                "The named fields of the row in the order of the arguments, with "
                        + "their types. An unknown field is an error when the query is "
                        + "planned.",
        nulls = "Null for null.",
        tags = {"struct", "nested", "deterministic"},
        examples = {"struct_pick(span_make(1, 5), 'bend', 'col_unit') => (5, byte)"})
public final class StructPick extends ScalarFunction implements SpecializedFunction {

    private final RowData.FieldGetter[] fields;

    public StructPick() {
        this(new RowData.FieldGetter[0]);
    }

    private StructPick(RowData.FieldGetter[] fields) {
        this.fields = fields;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        CallContext call = context.getCallContext();
        RowType row = (RowType) call.getArgumentDataTypes().get(0).getLogicalType();
        return new StructPick(
                PickedFields.names(call).stream()
                        .map(row::getFieldIndex)
                        .map(i -> RowData.createFieldGetter(row.getTypeAt(i), i))
                        .toArray(RowData.FieldGetter[]::new));
    }

    public RowData eval(RowData row, Object... names) {
        if (row == null) {
            return null;
        }
        GenericRowData picked = new GenericRowData(fields.length);
        for (int i = 0; i < fields.length; i++) {
            picked.setField(i, fields[i].getFieldOrNull(row));
        }
        return picked;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, new PickedFields(), PickedFields::result);
    }
}
