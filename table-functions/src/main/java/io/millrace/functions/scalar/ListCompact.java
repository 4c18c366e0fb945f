package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code list_compact}. */
@FunctionDoc(
        name = "list_compact",
        arguments = {@FunctionDoc.Argument(name = "a", type = "ARRAY<T>")},
        returns = "ARRAY<T>",
        doc = "The array without its nulls.",
        nulls = "Null for null.",
        tags = {"list", "nested", "deterministic"},
        examples = {"list_compact(ARRAY['b', CAST(NULL AS STRING), 'a']) => [b, a]"})
public final class ListCompact extends TypedScalarFunction {

    private final ArrayData.ElementGetter elements;

    public ListCompact() {
        this(null);
    }

    private ListCompact(ArrayData.ElementGetter elements) {
        this.elements = elements;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        LogicalType element = ((ArrayType) call.type(0)).getElementType();
        return new ListCompact(ArrayData.createElementGetter(element));
    }

    public ArrayData eval(ArrayData array) {
        if (array == null) {
            return null;
        }
        List<Object> kept = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            Object element = elements.getElementOrNull(array, i);
            if (element != null) {
                kept.add(element);
            }
        }
        return new GenericArrayData(kept.toArray());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.argument(0));
    }
}
