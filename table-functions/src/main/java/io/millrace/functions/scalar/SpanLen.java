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

/** {@code span_len}. */
@FunctionDoc(
        name = "span_len",
        signature = "span_len(span) BIGINT",
        doc = "bend - bstart. Null if the span or a bound is null.",
        tags = {"span", "deterministic"})
public final class SpanLen extends TypedScalarFunction {

    private final SpanFields fields;

    public SpanLen() {
        this(null);
    }

    private SpanLen(SpanFields fields) {
        this.fields = fields;
    }

    @Override
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        return new SpanLen(new SpanFields(arguments.get(0)));
    }

    public Long eval(RowData span) {
        return fields.isComplete(span) ? fields.givenEnd(span) - fields.start(span) : null;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(Arguments.of(ArgumentType.SPAN), Results.always(DataTypes.BIGINT()));
    }
}
