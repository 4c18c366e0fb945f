package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code any_value_det}. */
@FunctionDoc(
        name = "any_value_det",
        kind = FunctionKind.AGGREGATE,
        signature = "any_value_det(value T, order_key K) T",
        doc =
                "Some value, but always the same: that of the row with the smallest order key; a tie"
                        + " takes the smallest value. Rows with a null value or key do not count; none: null.",
        tags = {"aggregate", "deterministic", "incremental"})
public final class AnyValueDet extends PickFunction {

    public AnyValueDet() {}

    private AnyValueDet(LogicalType valueType, LogicalType keyType) {
        super(valueType, keyType, false);
    }

    @Override
    UserDefinedFunction forTypes(LogicalType valueType, LogicalType keyType) {
        return new AnyValueDet(valueType, keyType);
    }
}
