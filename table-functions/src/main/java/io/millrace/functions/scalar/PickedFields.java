package io.millrace.functions.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** A row and the literal names of fields that it has. */
final class PickedFields implements InputTypeStrategy {

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.from(2);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        if (!(call.getArgumentDataTypes().get(0).getLogicalType() instanceof RowType row)) {
            return call.fail(
                    throwOnFailure, "The first argument of %s must be a ROW.", call.getName());
        }
        for (String name : names(call)) {
            if (row.getFieldIndex(name) < 0) {
                return call.fail(
                        throwOnFailure,
                        "%s: there is no field '%s' in %s. Name its fields as literals.",
                        call.getName(),
                        name,
                        row.asSummaryString());
            }
        }
        return Optional.of(
                call.getArgumentDataTypes().stream()
                        .map(DataTypeUtils::toInternalDataType)
                        .toList());
    }

    /** The names in the order of the arguments; the empty name for what is no literal. */
    static List<String> names(CallContext call) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < call.getArgumentDataTypes().size(); i++) {
            names.add(
                    call.isArgumentLiteral(i)
                            ? call.getArgumentValue(i, String.class).orElse("")
                            : "");
        }
        return names;
    }

    static Optional<DataType> result(CallContext call) {
        RowType row = (RowType) call.getArgumentDataTypes().get(0).getLogicalType();
        List<RowType.RowField> fields =
                names(call).stream().map(row::getFieldIndex).map(row.getFields()::get).toList();
        return Optional.of(DataTypeUtils.toInternalDataType(new RowType(row.isNullable(), fields)));
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return List.of(
                Signature.of(
                        Signature.Argument.ofGroup("row", "ROW"),
                        Signature.Argument.ofVarying("field", "literal STRING")));
    }
}
