package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.TypedScalarFunction;
import io.millrace.functions.ValueOrder;
import java.util.List;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;

/** {@code map_get_default}. */
@FunctionDoc(
        name = "map_get_default",
        signature = "map_get_default(m MAP<K, V>, key K, default V) V",
        doc =
                "The value under the key; the default where the map is null, lacks the key or holds"
                        + " null under it. The result has the common type of values and default, and is null"
                        + " only if the default is.",
        tags = {"map", "nested", "deterministic"})
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
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        MapType type = (MapType) arguments.get(0);
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
        return TypeInference.newBuilder()
                .inputTypeStrategy(new MapGetArguments())
                .outputTypeStrategy(MapGetArguments::result)
                .build();
    }
}
