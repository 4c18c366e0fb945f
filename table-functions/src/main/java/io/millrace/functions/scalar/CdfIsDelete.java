package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code cdf_is_delete}. */
@FunctionDoc(
        name = "cdf_is_delete",
        signature = "cdf_is_delete(change_type STRING) BOOLEAN",
        doc = "Whether the change is a delete. Null for null, false for anything unknown.",
        tags = {"cdf", "delta", "deterministic", "incremental"})
public final class CdfIsDelete extends ScalarFunction {

    public Boolean eval(StringData changeType) {
        return changeType == null ? null : ChangeTypes.rank(changeType) == ChangeTypes.DELETE;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING), Results.nullIf(DataTypes.BOOLEAN(), 0));
    }
}
