package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
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
        signature = "list_compact(a ARRAY<T>) ARRAY<T>",
        doc = "The array without its nulls. Null for null.",
        tags = {"list", "nested", "deterministic"})
public final class ListCompact extends TypedScalarFunction {

    private final ArrayData.ElementGetter elements;

    public ListCompact() {
        this(null);
    }

    private ListCompact(ArrayData.ElementGetter elements) {
        this.elements = elements;
    }

    @Override
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        LogicalType element = ((ArrayType) arguments.get(0)).getElementType();
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
        return Results.scalar(Arguments.of(ArgumentType.ARRAY), Results.argument(0));
    }
}
