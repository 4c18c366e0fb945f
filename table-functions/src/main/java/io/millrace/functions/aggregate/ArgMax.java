package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code arg_max}. */
@FunctionDoc(
        name = "arg_max",
        kind = FunctionKind.AGGREGATE,
        signature = "arg_max(value T, key K) T",
        doc =
                "The value of the row with the largest key; a tie takes the smallest value. Rows"
                        + " with a null value or key do not count; none: null.",
        tags = {"aggregate", "deterministic", "incremental"})
public final class ArgMax extends PickFunction {

    public ArgMax() {}

    private ArgMax(LogicalType valueType, LogicalType keyType) {
        super(valueType, keyType, true);
    }

    @Override
    UserDefinedFunction forTypes(LogicalType valueType, LogicalType keyType) {
        return new ArgMax(valueType, keyType);
    }
}
