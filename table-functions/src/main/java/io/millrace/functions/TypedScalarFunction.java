package io.millrace.functions;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LogicalType;

/** A scalar function whose run-time form is made for the arguments of one call. */
public abstract class TypedScalarFunction extends ScalarFunction implements SpecializedFunction {

    @Override
    public final UserDefinedFunction specialize(SpecializedContext context) {
        CallContext call = context.getCallContext();
        return forCall(
                new Call(
                        call.getArgumentDataTypes().stream().map(DataType::getLogicalType).toList(),
                        call));
    }

    /** The function as this call needs it. */
    protected abstract UserDefinedFunction forCall(Call call);

    /**
     * What is known of a call when it is planned.
     *
     * @param types of the arguments
     */
    protected record Call(List<LogicalType> types, CallContext context) {

        public Call {
            types = List.copyOf(types);
        }

        public LogicalType type(int position) {
            return types.get(position);
        }

        /** Whether the value is known: a literal, or nothing. */
        public boolean isFixed(int position) {
            return position >= types.size()
                    || context.isArgumentNull(position)
                    || context.isArgumentLiteral(position);
        }

        /** The literal; empty for null and for an argument that is not there. */
        public <T> Optional<T> literal(int position, Class<T> type) {
            return position >= types.size()
                    ? Optional.empty()
                    : context.getArgumentValue(position, type);
        }
    }
}
