package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code span_contains}. */
@FunctionDoc(
        name = "span_contains",
        arguments = {
            @FunctionDoc.Argument(
                    name = "a",
                    type = "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>"),
            @FunctionDoc.Argument(
                    name = "b",
                    type = "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>")
        },
        returns = "BOOLEAN",
        doc = "Whether every byte of b lies in a; equal spans contain each other.",
        nulls = "Null if a span or a bound is null.",
        tags = {"span", "deterministic"},
        examples = {
            "span_contains(span_make(0, 9), span_make(2, 5)) => TRUE",
            "span_contains(b => span_make(0, 9), a => span_make(2, 5)) => FALSE"
        })
public final class SpanContains extends TypedScalarFunction {

    private final SpanFields left;
    private final SpanFields right;

    public SpanContains() {
        this(null, null);
    }

    SpanContains(SpanFields left, SpanFields right) {
        this.left = left;
        this.right = right;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new SpanContains(new SpanFields(call.type(0)), new SpanFields(call.type(1)));
    }

    public Boolean eval(RowData a, RowData b) {
        if (!left.isComplete(a) || !right.isComplete(b)) {
            return null;
        }
        return left.start(a) <= right.start(b) && right.end(b) <= left.end(a);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, SpanFields.nullIfIncomplete(DataTypes.BOOLEAN()));
    }
}
