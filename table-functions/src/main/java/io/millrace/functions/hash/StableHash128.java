package io.millrace.functions.hash;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code stable_hash128}. */
@FunctionDoc(
        name = "stable_hash128",
        signature = "stable_hash128(s STRING) STRING",
        doc = "16-byte BLAKE2b of the text in lower-case hex. Null for null.",
        tags = {"hash", "deterministic"})
public final class StableHash128 extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(StringData text) {
        return text == null
                ? null
                : StringData.fromBytes(hasher.update(text.toBytes()).finishHex());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING), Results.nullIf(DataTypes.STRING(), 0));
    }
}
