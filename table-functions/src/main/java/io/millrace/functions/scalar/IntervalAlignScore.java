package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code interval_align_score}. */
@FunctionDoc(
        name = "interval_align_score",
        arguments = {
            @FunctionDoc.Argument(name = "ls", type = "BIGINT"),
            @FunctionDoc.Argument(name = "le", type = "BIGINT"),
            @FunctionDoc.Argument(name = "rs", type = "BIGINT"),
            @FunctionDoc.Argument(name = "re", type = "BIGINT")
        },
        returns = "DOUBLE",
        doc =
                "-(re - rs): of several candidates the shortest right interval has "
                        + "the highest score.",
        nulls = "Null if any argument is null.",
        tags = {"span", "deterministic"},
        examples = {"interval_align_score(0, 10, 2, 5) => -3.0"})
public final class IntervalAlignScore extends ScalarFunction {

    public Double eval(Number ls, Number le, Number rs, Number re) {
        if (ls == null || le == null || rs == null || re == null) {
            return null;
        }
        return (double) (rs.longValue() - re.longValue());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.DOUBLE(), 0, 1, 2, 3));
    }
}
