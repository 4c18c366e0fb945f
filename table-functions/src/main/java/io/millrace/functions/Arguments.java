package io.millrace.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;

/**
 * The arguments of a function: required ones, then optional ones that may be left out from the
 * right, or one that repeats. Arguments reach the function in Flink's internal form.
 */
public final class Arguments implements InputTypeStrategy {

    private final List<ArgumentTypeStrategy> positions;
    private final int required;
    private final boolean lastRepeats;

    private Arguments(List<ArgumentTypeStrategy> positions, int required, boolean lastRepeats) {
        this.positions = List.copyOf(positions);
        this.required = required;
        this.lastRepeats = lastRepeats;
    }

    public static Arguments of(ArgumentTypeStrategy... required) {
        return new Arguments(List.of(required), required.length, false);
    }

    public Arguments optional(ArgumentTypeStrategy... optional) {
        List<ArgumentTypeStrategy> all = new ArrayList<>(positions);
        all.addAll(List.of(optional));
        return new Arguments(all, required, false);
    }

    /** The last required argument may stand any number of times, at least once. */
    public Arguments lastRepeats() {
        return new Arguments(positions, required, true);
    }

    @Override
    public ArgumentCount getArgumentCount() {
        return lastRepeats
                ? ConstantArgumentCount.from(required)
                : ConstantArgumentCount.between(required, positions.size());
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        int given = call.getArgumentDataTypes().size();
        List<DataType> types = new ArrayList<>(given);
        for (int i = 0; i < given; i++) {
            ArgumentTypeStrategy position = positions.get(Math.min(i, positions.size() - 1));
            Optional<DataType> type = position.inferArgumentType(call, i, throwOnFailure);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.add(type.get());
        }
        return Optional.of(types);
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return IntStream.rangeClosed(required, positions.size())
                .mapToObj(
                        n ->
                                Signature.of(
                                        IntStream.range(0, n)
                                                .mapToObj(i -> expected(definition, i))
                                                .toList()))
                .toList();
    }

    private Signature.Argument expected(FunctionDefinition definition, int position) {
        Signature.Argument argument =
                positions.get(position).getExpectedArgument(definition, position);
        return lastRepeats && position == positions.size() - 1
                ? Signature.Argument.ofVarying(argument.getType())
                : argument;
    }
}
