package io.millrace.functions;

import java.util.List;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** A scalar function whose run-time form is made for the argument types of one call. */
public abstract class TypedScalarFunction extends ScalarFunction implements SpecializedFunction {

    @Override
    public final UserDefinedFunction specialize(SpecializedContext context) {
        return forTypes(
                context.getCallContext().getArgumentDataTypes().stream()
                        .map(DataType::getLogicalType)
                        .toList());
    }

    protected abstract UserDefinedFunction forTypes(List<LogicalType> arguments);
}
