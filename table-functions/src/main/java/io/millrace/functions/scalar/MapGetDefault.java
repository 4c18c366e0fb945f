package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import io.millrace.functions.ValueOrder;
import java.util.Objects;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
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

    /** Whether keys are the same if {@code equals} says so. */
    private final boolean equal;

    public MapGetDefault() {
        this.order = null;
        this.keys = null;
        this.values = null;
        this.equal = false;
    }

    private MapGetDefault(MapType type) {
        this.order = ValueOrder.of(type.getKeyType());
        this.keys = ArrayData.createElementGetter(type.getKeyType());
        this.values = ArrayData.createElementGetter(type.getValueType());
        this.equal =
                type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)
                        || type.getKeyType().is(LogicalTypeFamily.INTEGER_NUMERIC);
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new MapGetDefault((MapType) call.type(0));
    }

    public Object eval(MapData map, Object key, Object otherwise) {
        if (map == null) {
            return otherwise;
        }
        Object value =
                equal && map instanceof GenericMapData plain ? plain.get(key) : find(map, key);
        return value == null ? otherwise : value;
    }

    private Object find(MapData map, Object key) {
        ArrayData keyArray = map.keyArray();
        int size = map.size();
        for (int i = 0; i < size; i++) {
            Object held = keys.getElementOrNull(keyArray, i);
            if (equal ? Objects.equals(held, key) : order.compare(held, key) == 0) {
                return values.getElementOrNull(map.valueArray(), i);
            }
        }
        return null;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, new MapGetArguments(), MapGetArguments::result);
    }
}
