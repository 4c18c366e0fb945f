package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import io.millrace.functions.ValueOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** {@code map_normalize}. */
@FunctionDoc(
        name = "map_normalize",
        arguments = {
            @FunctionDoc.Argument(name = "m", type = "MAP<STRING, V>"),
            @FunctionDoc.Argument(
                    name = "key_case",
                    type = "STRING",
                    optional = true,
                    otherwise = "'lower'"),
            @FunctionDoc.Argument(
                    name = "sort",
                    type = "BOOLEAN",
                    optional = true,
                    otherwise = "true")
        },
        returns = "MAP<STRING, V>",
        doc =
                "The map with its keys in the case lower, upper or as_is, sorted "
                        + "by code point if sort; where keys meet, the last entry wins.",
        nulls =
                "Null for null; null keys are dropped, null values kept; a null "
                        + "option is its default.",
        tags = {"map", "nested", "deterministic"},
        examples = {"map_normalize(MAP['B', 1, 'a', 2, 'b', 3]) => {a=2, b=3}"})
public final class MapNormalize extends TypedScalarFunction {

    private static final StringData LOWER = StringData.fromString("lower");

    private final ArrayData.ElementGetter values;

    public MapNormalize() {
        this(null);
    }

    private MapNormalize(ArrayData.ElementGetter values) {
        this.values = values;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        LogicalType valueType = ((MapType) call.type(0)).getValueType();
        return new MapNormalize(ArrayData.createElementGetter(valueType));
    }

    public MapData eval(MapData map, StringData keyCase, Boolean sort) {
        if (map == null) {
            return null;
        }
        String wanted = (keyCase == null ? LOWER : keyCase).toString().toLowerCase(Locale.ROOT);
        Map<Object, Object> entries =
                sort == null || sort
                        ? new TreeMap<>(ValueOrder.of(VarCharType.STRING_TYPE))
                        : new LinkedHashMap<>();
        for (int i = 0; i < map.size(); i++) {
            if (!map.keyArray().isNullAt(i)) {
                entries.put(
                        key(map.keyArray().getString(i), wanted),
                        values.getElementOrNull(map.valueArray(), i));
            }
        }
        return new GenericMapData(new LinkedHashMap<>(entries));
    }

    private static StringData key(StringData key, String keyCase) {
        return switch (keyCase) {
            case "lower" -> StringData.fromString(key.toString().toLowerCase(Locale.ROOT));
            case "upper" -> StringData.fromString(key.toString().toUpperCase(Locale.ROOT));
            case "as_is" -> key;
            default ->
                    throw new ValidationException(
                            "map_normalize: unknown key case '"
                                    + keyCase
                                    + "'. Use lower, upper or as_is.");
        };
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, call -> Optional.of(textKeys(call.getArgumentDataTypes().get(0))));
    }

    private static DataType textKeys(DataType type) {
        MapType map = (MapType) type.getLogicalType();
        LogicalType keys = VarCharType.STRING_TYPE.copy(map.getKeyType().isNullable());
        return DataTypeUtils.toInternalDataType(
                new MapType(map.isNullable(), keys, map.getValueType()));
    }
}
