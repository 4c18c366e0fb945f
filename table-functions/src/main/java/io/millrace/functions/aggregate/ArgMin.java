package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code arg_min}. */
@FunctionDoc(
        name = "arg_min",
        kind = FunctionKind.AGGREGATE,
        arguments = {
            @FunctionDoc.Argument(name = "value", type = "ANY"),
            @FunctionDoc.Argument(name = "order_key", type = "ANY")
        },
        returns = "T",
        doc = "The value of the row with the smallest key; a tie takes the " + "smallest value.",
        nulls = "Null if no row counts. Rows with a null value or key do not count.",
        tags = {"aggregate", "deterministic", "incremental"},
        version = 2,
        examples = {
            "SELECT arg_min(v, k) FROM (VALUES ('b', 2), ('a', 1), ('c', 2)) " + "AS t(v, k) => a"
        })
public final class ArgMin extends PickFunction {

    public ArgMin() {}

    private ArgMin(LogicalType valueType, LogicalType keyType) {
        super(valueType, keyType, false);
    }

    @Override
    UserDefinedFunction forTypes(LogicalType valueType, LogicalType keyType) {
        return new ArgMin(valueType, keyType);
    }
}
