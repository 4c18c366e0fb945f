package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code cdf_change_rank}. */
@FunctionDoc(
        name = "cdf_change_rank",
        arguments = {@FunctionDoc.Argument(name = "change_type", type = "STRING")},
        returns = "INT",
        doc =
                "update_postimage 3, insert 2, delete 1, update_preimage 0, other "
                        + "-1; white space around and case are ignored.",
        nulls = "Null for null.",
        tags = {"cdf", "delta", "deterministic", "incremental"},
        examples = {"cdf_change_rank(' Update_PostImage ') => 3", "cdf_change_rank('merge') => -1"})
public final class CdfChangeRank extends ScalarFunction {

    public Integer eval(StringData changeType) {
        return changeType == null ? null : ChangeTypes.rank(changeType);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.INT(), 0));
    }
}
