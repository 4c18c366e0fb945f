package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code span_len}. */
@FunctionDoc(
        name = "span_len",
        arguments = {
            @FunctionDoc.Argument(
                    name = "span",
                    type = "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>")
        },
        returns = "BIGINT",
        doc = "bend - bstart.",
        nulls = "Null if the span or a bound is null.",
        tags = {"span", "deterministic"},
        examples = {"span_len(span_make(2, 10)) => 8"})
public final class SpanLen extends TypedScalarFunction {

    private final SpanFields fields;

    public SpanLen() {
        this(null);
    }

    private SpanLen(SpanFields fields) {
        this.fields = fields;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new SpanLen(new SpanFields(call.type(0)));
    }

    public Long eval(RowData span) {
        return fields.isComplete(span) ? fields.givenEnd(span) - fields.start(span) : null;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, SpanFields.nullIfIncomplete(DataTypes.BIGINT()));
    }
}
