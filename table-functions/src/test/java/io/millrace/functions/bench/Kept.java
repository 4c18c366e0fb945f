package io.millrace.functions.bench;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** {@code kept(value)}: lets no compiler see that nobody wants the value. */
public final class Kept extends ScalarFunction {

    private transient Object last;

    public Boolean eval(Object value) {
        boolean another = last != value;
        last = value;
        return another;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory factory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.sequence(new Internal()))
                .outputTypeStrategy(call -> Optional.of(DataTypes.BOOLEAN().notNull()))
                .build();
    }

    private static final class Internal implements ArgumentTypeStrategy {

        @Override
        public Optional<DataType> inferArgumentType(
                CallContext call, int position, boolean throwOnFailure) {
            return Optional.of(
                    DataTypeUtils.toInternalDataType(call.getArgumentDataTypes().get(position)));
        }

        @Override
        public Signature.Argument getExpectedArgument(FunctionDefinition function, int position) {
            return Signature.Argument.of("value");
        }
    }
}
