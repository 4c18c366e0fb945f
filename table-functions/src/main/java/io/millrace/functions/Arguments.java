package io.millrace.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * The arguments of a function as its description has them: required ones, then optional ones, or
 * one that repeats. Arguments reach the function in Flink's internal form and with the type they
 * were given in: implicit casts are lost where arguments have names, so functions widen numbers
 * themselves.
 */
public final class Arguments implements InputTypeStrategy {

    private final FunctionDescription function;
    private final List<ArgumentType> types;

    private Arguments(FunctionDescription function) {
        this.function = function;
        this.types = function.arguments().stream().map(ArgumentType::of).toList();
    }

    /** Type inference with the arguments of this function, by position and by name. */
    static TypeInference.Builder inference(FunctionDefinition definition) {
        Arguments arguments = new Arguments(FunctionDescription.of(definition.getClass()));
        return inference(definition, arguments);
    }

    /** The same where arguments depend on each other. */
    static TypeInference.Builder inference(
            FunctionDefinition definition, InputTypeStrategy strategy) {
        FunctionDescription function = FunctionDescription.of(definition.getClass());
        TypeInference.Builder inference = TypeInference.newBuilder().inputTypeStrategy(strategy);
        return function.named()
                ? inference.staticArguments(
                        function.arguments().stream().map(Arguments::named).toList())
                : inference;
    }

    private static StaticArgument named(ArgumentDescription argument) {
        return StaticArgument.scalar(
                argument.name(),
                DataTypeUtils.toInternalDataType(ArgumentType.of(argument).declared()),
                argument.optional());
    }

    private boolean repeats() {
        return function.arguments().stream().anyMatch(ArgumentDescription::varargs);
    }

    @Override
    public ArgumentCount getArgumentCount() {
        return repeats()
                ? ConstantArgumentCount.from(function.required())
                : ConstantArgumentCount.between(function.required(), types.size());
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        CallContext given = GivenCall.of(call);
        int count = given.getArgumentDataTypes().size();
        List<DataType> inferred = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ArgumentType type = types.get(Math.min(i, types.size() - 1));
            Optional<DataType> fitting = type.inferArgumentType(given, i, throwOnFailure);
            if (fitting.isEmpty()) {
                return Optional.empty();
            }
            inferred.add(fitting.get());
        }
        return Optional.of(inferred);
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return IntStream.rangeClosed(function.required(), types.size())
                .mapToObj(
                        n -> Signature.of(IntStream.range(0, n).mapToObj(this::expected).toList()))
                .toList();
    }

    private Signature.Argument expected(int position) {
        ArgumentDescription argument = function.arguments().get(position);
        return argument.varargs()
                ? Signature.Argument.ofVarying(argument.name(), argument.type())
                : Signature.Argument.ofGroup(argument.name(), argument.type());
    }
}
