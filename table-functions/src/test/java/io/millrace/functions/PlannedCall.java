package io.millrace.functions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.functions.BuiltInFunctionDefinition;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.SpecializedFunction.ExpressionEvaluator;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** A call over columns of some types, as the planner shows it to a function: no literals. */
public record PlannedCall(FunctionDefinition function, List<DataType> types)
        implements CallContext, SpecializedContext {

    /** The function in the form in which it runs over columns of these types. */
    @SuppressWarnings("unchecked")
    public static <F extends SpecializedFunction & FunctionDefinition> F over(
            F function, LogicalType... types) {
        List<DataType> internal =
                Arrays.stream(types).map(DataTypeUtils::toInternalDataType).toList();
        return (F) function.specialize(new PlannedCall(function, internal));
    }

    @Override
    public CallContext getCallContext() {
        return this;
    }

    @Override
    public FunctionDefinition getFunctionDefinition() {
        return function;
    }

    @Override
    public List<DataType> getArgumentDataTypes() {
        return types;
    }

    @Override
    public boolean isArgumentLiteral(int position) {
        return false;
    }

    @Override
    public boolean isArgumentNull(int position) {
        return false;
    }

    @Override
    public <T> Optional<T> getArgumentValue(int position, Class<T> type) {
        return Optional.empty();
    }

    @Override
    public String getName() {
        return function.toString();
    }

    @Override
    public Optional<DataType> getOutputDataType() {
        return Optional.empty();
    }

    @Override
    public boolean isGroupedAggregation() {
        return false;
    }

    @Override
    public DataTypeFactory getDataTypeFactory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ReadableConfig getConfiguration() {
        return new Configuration();
    }

    @Override
    public ClassLoader getBuiltInClassLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public ExpressionEvaluator createEvaluator(
            Expression expression, DataType output, DataTypes.Field... columns) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExpressionEvaluator createEvaluator(
            String expression, DataType output, DataTypes.Field... columns) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExpressionEvaluator createEvaluator(
            BuiltInFunctionDefinition other, DataType output, DataType... columns) {
        throw new UnsupportedOperationException();
    }
}
