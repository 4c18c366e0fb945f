package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code any_value_det}. */
@FunctionDoc(
        name = "any_value_det",
        kind = FunctionKind.AGGREGATE,
        arguments = {
            @FunctionDoc.Argument(name = "value", type = "ANY"),
            @FunctionDoc.Argument(name = "order_key", type = "ANY")
        },
        returns = "T",
        doc =
                "Some value, but always the same: that of the row with the "
                        + "smallest order key; a tie takes the smallest value.",
        nulls = "Null if no row counts. Rows with a null value or key do not count.",
        tags = {"aggregate", "deterministic", "incremental"},
        version = 2,
        examples = {
            "SELECT any_value_det(v, k) FROM (VALUES ('b', 2), ('a', 1), ('c', "
                    + "2)) AS t(v, k) => a"
        })
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
