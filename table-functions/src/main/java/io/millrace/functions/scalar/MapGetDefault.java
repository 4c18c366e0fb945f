package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import io.millrace.functions.ValueOrder;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.MapType;

/** {@code map_get_default}. */
@FunctionDoc(
        name = "map_get_default",
        arguments = {
            @FunctionDoc.Argument(name = "m", type = "MAP<K, V>"),
            @FunctionDoc.Argument(name = "key", type = "ANY"),
            @FunctionDoc.Argument(name = "otherwise", type = "ANY")
        },
        returns = "V",
        doc =
                "The value under the key, in the common type of the values of the "
                        + "map and the default.",
        nulls =
                "The default for a null map, a missing key and a null value; null "
                        + "only if the default is.",
        tags = {"map", "nested", "deterministic"},
        examples = {
            "map_get_default(MAP['a', 1, 'b', 2], 'b', 9) => 2",
            "map_get_default(MAP['a', 1], 'c', 9) => 9"
        })
public final class MapGetDefault extends TypedScalarFunction {

    private final ValueOrder order;
    private final ArrayData.ElementGetter keys;
    private final ArrayData.ElementGetter values;

    public MapGetDefault() {
        this(null, null, null);
    }

    private MapGetDefault(
            ValueOrder order, ArrayData.ElementGetter keys, ArrayData.ElementGetter values) {
        this.order = order;
        this.keys = keys;
        this.values = values;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        MapType type = (MapType) call.type(0);
        return new MapGetDefault(
                ValueOrder.of(type.getKeyType()),
                ArrayData.createElementGetter(type.getKeyType()),
                ArrayData.createElementGetter(type.getValueType()));
    }

    public Object eval(MapData map, Object key, Object otherwise) {
        if (map == null) {
            return otherwise;
        }
        ArrayData keyArray = map.keyArray();
        for (int i = 0; i < map.size(); i++) {
            if (order.compare(keys.getElementOrNull(keyArray, i), key) == 0) {
                Object value = values.getElementOrNull(map.valueArray(), i);
                return value == null ? otherwise : value;
            }
        }
        return otherwise;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, new MapGetArguments(), MapGetArguments::result);
    }
}
