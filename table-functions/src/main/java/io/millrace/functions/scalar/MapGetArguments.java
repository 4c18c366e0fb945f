package io.millrace.functions.scalar;

import io.millrace.functions.Results;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.utils.LogicalTypeMerging;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** A map, a key of its key type, and a default that meets its values in a common type. */
final class MapGetArguments implements InputTypeStrategy {

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.of(3);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext shown, boolean throwOnFailure) {
        CallContext call = Results.given(shown);
        List<LogicalType> given =
                call.getArgumentDataTypes().stream().map(DataType::getLogicalType).toList();
        if (!(given.get(0) instanceof MapType map)) {
            return call.fail(
                    throwOnFailure,
                    "The first argument of %s must be a MAP, but is %s.",
                    call.getName(),
                    given.get(0).asSummaryString());
        }
        Optional<LogicalType> key = common(map.getKeyType(), given.get(1));
        Optional<LogicalType> value = common(map.getValueType(), given.get(2));
        if (key.isEmpty() || value.isEmpty()) {
            return call.fail(
                    throwOnFailure,
                    "%s: a key of type %s and a default of type %s do not fit %s.",
                    call.getName(),
                    given.get(1).asSummaryString(),
                    given.get(2).asSummaryString(),
                    map.asSummaryString());
        }
        LogicalType keys = key.get().copy(map.getKeyType().isNullable());
        LogicalType values = value.get().copy(map.getValueType().isNullable());
        return Optional.of(
                List.of(
                        internal(new MapType(map.isNullable(), keys, values)),
                        internal(key.get().copy(isNullable(given.get(1)))),
                        internal(value.get().copy(isNullable(given.get(2))))));
    }

    /**
     * The type of the result: not simply that of the default, because the planner leaves a CHAR as
     * it is where a STRING is asked for.
     */
    static Optional<DataType> result(CallContext call) {
        LogicalType map = call.getArgumentDataTypes().get(0).getLogicalType();
        LogicalType otherwise = call.getArgumentDataTypes().get(2).getLogicalType();
        return common(((MapType) map).getValueType(), otherwise)
                .map(type -> internal(type.copy(isNullable(otherwise))));
    }

    private static Optional<LogicalType> common(LogicalType held, LogicalType given) {
        return given.is(LogicalTypeRoot.NULL)
                ? Optional.of(held)
                : LogicalTypeMerging.findCommonType(List.of(held, given));
    }

    private static boolean isNullable(LogicalType type) {
        return type.is(LogicalTypeRoot.NULL) || type.isNullable();
    }

    private static DataType internal(LogicalType type) {
        return DataTypeUtils.toInternalDataType(type);
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return List.of(
                Signature.of(
                        Signature.Argument.ofGroup("map", "MAP"),
                        Signature.Argument.ofGroup("key", "key type"),
                        Signature.Argument.ofGroup("default", "value type")));
    }
}
