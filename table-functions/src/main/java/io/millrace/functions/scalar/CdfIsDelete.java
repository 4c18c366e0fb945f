package io.millrace.functions.scalar;

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
        arguments = {@FunctionDoc.Argument(name = "change_type", type = "STRING")},
        returns = "BOOLEAN",
        doc = "Whether the change is a delete; false for anything unknown.",
        nulls = "Null for null.",
        tags = {"cdf", "delta", "deterministic", "incremental"},
        examples = {"cdf_is_delete('delete') => TRUE"})
public final class CdfIsDelete extends ScalarFunction {

    public Boolean eval(StringData changeType) {
        return changeType == null ? null : ChangeTypes.rank(changeType) == ChangeTypes.DELETE;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.BOOLEAN(), 0));
    }
}
