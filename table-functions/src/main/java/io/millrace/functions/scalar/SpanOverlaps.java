package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code span_overlaps}. */
@FunctionDoc(
        name = "span_overlaps",
        arguments = {
            @FunctionDoc.Argument(
                    name = "a",
                    type = "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>"),
            @FunctionDoc.Argument(
                    name = "b",
                    type = "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>")
        },
        returns = "BOOLEAN",
        doc = "Whether the spans share a byte; spans that touch do not.",
        nulls = "Null if a span or a bound is null.",
        tags = {"span", "deterministic"},
        examples = {
            "span_overlaps(span_make(0, 6), span_make(5, 9)) => TRUE",
            "span_overlaps(span_make(0, 5), span_make(5, 9)) => FALSE"
        })
public final class SpanOverlaps extends TypedScalarFunction {

    private final SpanFields left;
    private final SpanFields right;

    public SpanOverlaps() {
        this(null, null);
    }

    SpanOverlaps(SpanFields left, SpanFields right) {
        this.left = left;
        this.right = right;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new SpanOverlaps(new SpanFields(call.type(0)), new SpanFields(call.type(1)));
    }

    public Boolean eval(RowData a, RowData b) {
        if (!left.isComplete(a) || !right.isComplete(b)) {
            return null;
        }
        return left.start(a) < right.end(b) && right.start(b) < left.end(a);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, SpanFields.nullIfIncomplete(DataTypes.BOOLEAN()));
    }
}
