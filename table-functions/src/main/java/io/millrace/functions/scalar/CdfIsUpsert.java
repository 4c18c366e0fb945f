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

/** {@code cdf_is_upsert}. */
@FunctionDoc(
        name = "cdf_is_upsert",
        signature = "cdf_is_upsert(change_type STRING) BOOLEAN",
        doc =
                "Whether the change leaves a row: insert or update_postimage. Null for null, false"
                        + " for anything unknown.",
        tags = {"cdf", "delta", "deterministic", "incremental"})
public final class CdfIsUpsert extends ScalarFunction {

    public Boolean eval(StringData changeType) {
        return changeType == null ? null : ChangeTypes.rank(changeType) >= ChangeTypes.INSERT;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING), Results.nullIf(DataTypes.BOOLEAN(), 0));
    }
}
