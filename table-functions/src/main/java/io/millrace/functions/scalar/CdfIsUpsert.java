package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code cdf_is_upsert}. */
@FunctionDoc(
        name = "cdf_is_upsert",
        arguments = {@FunctionDoc.Argument(name = "change_type", type = "STRING")},
        returns = "BOOLEAN",
        doc =
                "Whether the change leaves a row: insert or update_postimage; "
                        + "false for anything unknown.",
        nulls = "Null for null.",
        tags = {"cdf", "delta", "deterministic", "incremental"},
        examples = {"cdf_is_upsert('insert') => TRUE"})
public final class CdfIsUpsert extends ScalarFunction {

    public Boolean eval(StringData changeType) {
        return changeType == null ? null : ChangeTypes.rank(changeType) >= ChangeTypes.INSERT;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.BOOLEAN(), 0));
    }
}
