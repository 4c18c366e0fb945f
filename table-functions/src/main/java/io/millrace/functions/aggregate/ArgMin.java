package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code arg_min}. */
@FunctionDoc(
        name = "arg_min",
        kind = FunctionKind.AGGREGATE,
        signature = "arg_min(value T, key K) T",
        doc =
                "The value of the row with the smallest key; a tie takes the smallest value. Rows"
                        + " with a null value or key do not count; none: null.",
        tags = {"aggregate", "deterministic", "incremental"})
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
