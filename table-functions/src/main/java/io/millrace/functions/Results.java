package io.millrace.functions;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategy;
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

    /**
     * The same result, after a check of the argument at this position where it is a literal.
     *
     * @param check throws what is wrong with the text
     */
    public static TypeStrategy afterCheck(
            int position, Consumer<String> check, TypeStrategy result) {
        return call -> {
            if (position < call.getArgumentDataTypes().size() && call.isArgumentLiteral(position)) {
                call.getArgumentValue(position, String.class).ifPresent(check);
            }
            return result.inferType(call);
        };
    }

    /** The type of the argument at this position as it is. */
    public static TypeStrategy argument(int position) {
        return call ->
                Optional.of(
                        DataTypeUtils.toInternalDataType(
                                call.getArgumentDataTypes().get(position)));
    }

    /** Type inference of a function with {@link FunctionDoc}, which says its arguments. */
    public static TypeInference of(FunctionDefinition function, TypeStrategy result) {
        return Arguments.inference(function).outputTypeStrategy(result).build();
    }

    /** The same where arguments depend on each other. */
    public static TypeInference of(
            FunctionDefinition function, InputTypeStrategy arguments, TypeStrategy result) {
        return Arguments.inference(function, arguments).outputTypeStrategy(result).build();
    }

    /** Type inference of an aggregate with {@link FunctionDoc}. */
    public static TypeInference aggregate(
            FunctionDefinition function, TypeStrategy state, TypeStrategy result) {
        return Arguments.inference(function)
                .accumulatorTypeStrategy(state)
                .outputTypeStrategy(result)
                .build();
    }

    /** The call as written, with the types given; see {@link GivenCall}. */
    public static CallContext given(CallContext call) {
        return GivenCall.of(call);
    }

    public static DataType withNullability(DataType type, boolean nullable) {
        return nullable ? type.nullable() : type.notNull();
    }
}
