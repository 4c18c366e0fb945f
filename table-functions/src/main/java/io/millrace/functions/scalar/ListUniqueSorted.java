package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import io.millrace.functions.ValueOrder;
import java.util.List;
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
        signature = "list_unique_sorted(a ARRAY<T>) ARRAY<T>",
        doc =
                "The distinct non-null elements, sorted: strings by their UTF-8 bytes, others"
                        + " naturally. Null for null.",
        tags = {"list", "nested", "deterministic"})
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
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        LogicalType element = ((ArrayType) arguments.get(0)).getElementType();
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
        return Results.scalar(Arguments.of(ArgumentType.ARRAY), Results.argument(0));
    }
}
