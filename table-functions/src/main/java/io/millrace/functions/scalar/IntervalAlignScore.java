package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code interval_align_score}. */
@FunctionDoc(
        name = "interval_align_score",
        signature =
                "interval_align_score(lstart BIGINT, lend BIGINT, rstart BIGINT, rend BIGINT) DOUBLE",
        doc =
                "-(rend - rstart): of several candidates the shortest right interval has the highest"
                        + " score. Null if any argument is null.",
        tags = {"span", "deterministic"})
public final class IntervalAlignScore extends ScalarFunction {

    public Double eval(Long leftStart, Long leftEnd, Long rightStart, Long rightEnd) {
        if (leftStart == null || leftEnd == null || rightStart == null || rightEnd == null) {
            return null;
        }
        return (double) (rightStart - rightEnd);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(
                        ArgumentType.BIGINT,
                        ArgumentType.BIGINT,
                        ArgumentType.BIGINT,
                        ArgumentType.BIGINT),
                Results.nullIf(DataTypes.DOUBLE(), 0, 1, 2, 3));
    }
}
