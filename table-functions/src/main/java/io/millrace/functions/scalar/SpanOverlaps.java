package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code span_overlaps}. */
@FunctionDoc(
        name = "span_overlaps",
        signature = "span_overlaps(a span, b span) BOOLEAN",
        doc =
                "Whether the spans share a byte (touching is not overlapping). Null if any bound is"
                        + " null.",
        tags = {"span", "deterministic"})
public final class SpanOverlaps extends TypedScalarFunction {

    private final SpanFields left;
    private final SpanFields right;

    public SpanOverlaps() {
        this(null, null);
    }

    private SpanOverlaps(SpanFields left, SpanFields right) {
        this.left = left;
        this.right = right;
    }

    @Override
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        return new SpanOverlaps(new SpanFields(arguments.get(0)), new SpanFields(arguments.get(1)));
    }

    public Boolean eval(RowData a, RowData b) {
        if (!left.isComplete(a) || !right.isComplete(b)) {
            return null;
        }
        return left.start(a) < right.end(b) && right.start(b) < left.end(a);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.SPAN, ArgumentType.SPAN),
                Results.always(DataTypes.BOOLEAN()));
    }
}
