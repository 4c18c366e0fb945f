package io.millrace.functions;

import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** Result types of functions, in internal form, with exact nullability. */
public final class Results {

    private Results() {}

    public static TypeStrategy always(DataType type) {
        return call -> Optional.of(DataTypeUtils.toInternalDataType(type));
    }

    /** Never null unless one of the arguments at these positions may be. */
    public static TypeStrategy nullIf(DataType type, int... positions) {
        return call ->
                Optional.of(
                        withNullability(
                                DataTypeUtils.toInternalDataType(type),
                                Arrays.stream(positions)
                                        .filter(p -> p < call.getArgumentDataTypes().size())
                                        .mapToObj(call.getArgumentDataTypes()::get)
                                        .anyMatch(t -> t.getLogicalType().isNullable())));
    }

    /** The type of the argument at this position, nullable in any case. */
    public static TypeStrategy nullableArgument(int position) {
        return call ->
                Optional.of(
                        DataTypeUtils.toInternalDataType(
                                call.getArgumentDataTypes().get(position).nullable()));
    }

    /** The type of the argument at this position as it is. */
    public static TypeStrategy argument(int position) {
        return call ->
                Optional.of(
                        DataTypeUtils.toInternalDataType(
                                call.getArgumentDataTypes().get(position)));
    }

    public static TypeInference scalar(Arguments arguments, TypeStrategy result) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(arguments)
                .outputTypeStrategy(result)
                .build();
    }

    public static DataType withNullability(DataType type, boolean nullable) {
        return nullable ? type.nullable() : type.notNull();
    }
}
