package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import io.millrace.functions.ValueOrder;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;

/** {@code list_unique_sorted}. */
@FunctionDoc(
        name = "list_unique_sorted",
        arguments = {@FunctionDoc.Argument(name = "a", type = "ARRAY<T>")},
        returns = "ARRAY<T>",
        doc =
                "The distinct non-null elements, sorted: strings by their UTF-8 "
                        + "bytes, others naturally.",
        nulls = "Null for null.",
        tags = {"list", "nested", "deterministic"},
        examples = {"list_unique_sorted(ARRAY['b', 'B', 'a', 'b']) => [B, a, b]"})
public final class ListUniqueSorted extends TypedScalarFunction {

    private final ArrayData.ElementGetter elements;
    private final ValueOrder order;

    public ListUniqueSorted() {
        this(null, null);
    }

    private ListUniqueSorted(ArrayData.ElementGetter elements, ValueOrder order) {
        this.elements = elements;
        this.order = order;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        LogicalType element = ((ArrayType) call.type(0)).getElementType();
        return new ListUniqueSorted(ArrayData.createElementGetter(element), ValueOrder.of(element));
    }

    public ArrayData eval(ArrayData array) {
        if (array == null) {
            return null;
        }
        Set<Object> kept = new TreeSet<>(order);
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
