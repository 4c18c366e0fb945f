package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
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

    private static final ValueOrder BY_BYTES = ValueOrder.of(VarCharType.STRING_TYPE);

    private enum KeyCase {
        LOWER,
        UPPER,
        AS_IS
    }

    private final ArrayData.ElementGetter values;

    /** Null where it is no literal. */
    private final KeyCase prepared;

    public MapNormalize() {
        this(null, null);
    }

    private MapNormalize(ArrayData.ElementGetter values, KeyCase prepared) {
        this.values = values;
        this.prepared = prepared;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        LogicalType valueType = ((MapType) call.type(0)).getValueType();
        return new MapNormalize(
                ArrayData.createElementGetter(valueType),
                call.isFixed(1) ? keyCase(call.literal(1, String.class).orElse(null)) : null);
    }

    public MapData eval(MapData map, StringData keyCase, Boolean sort) {
        if (map == null) {
            return null;
        }
        KeyCase wanted =
                prepared != null ? prepared : keyCase(keyCase == null ? null : keyCase.toString());
        Map<Object, Object> entries =
                sort == null || sort ? new TreeMap<>(BY_BYTES) : new LinkedHashMap<>();
        ArrayData keys = map.keyArray();
        ArrayData valueArray = map.valueArray();
        for (int i = 0; i < map.size(); i++) {
            if (!keys.isNullAt(i)) {
                entries.put(key(keys.getString(i), wanted), values.getElementOrNull(valueArray, i));
            }
        }
        return new GenericMapData(entries);
    }

    private static KeyCase keyCase(String name) {
        return switch (name == null ? "lower" : name.toLowerCase(Locale.ROOT)) {
            case "lower" -> KeyCase.LOWER;
            case "upper" -> KeyCase.UPPER;
            case "as_is" -> KeyCase.AS_IS;
            default ->
                    throw new ValidationException(
                            "map_normalize: unknown key case '"
                                    + name
                                    + "'. Use lower, upper or as_is.");
        };
    }

    private static StringData key(StringData key, KeyCase keyCase) {
        return switch (keyCase) {
            case LOWER -> TextNorm.lower(key);
            case UPPER -> StringData.fromString(key.toString().toUpperCase(Locale.ROOT));
            case AS_IS -> key;
        };
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(
                this,
                Results.afterCheck(
                        1,
                        MapNormalize::keyCase,
                        call -> Optional.of(textKeys(call.getArgumentDataTypes().get(0)))));
    }

    private static DataType textKeys(DataType type) {
        MapType map = (MapType) type.getLogicalType();
        LogicalType keys = VarCharType.STRING_TYPE.copy(map.getKeyType().isNullable());
        return DataTypeUtils.toInternalDataType(
                new MapType(map.isNullable(), keys, map.getValueType()));
    }
}
