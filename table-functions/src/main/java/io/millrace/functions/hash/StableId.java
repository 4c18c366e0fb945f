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

/** {@code stable_id}. */
@FunctionDoc(
        name = "stable_id",
        signature = "stable_id(prefix STRING, s STRING) STRING",
        doc =
                "prefix:h where h is stable_hash128 of the text; the prefix is not hashed. Null if"
                        + " either is null.",
        tags = {"id", "hash", "deterministic"})
public final class StableId extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(StringData prefix, StringData text) {
        return prefix == null || text == null
                ? null
                : hasher.update(text.toBytes()).finishHexId(prefix);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING, ArgumentType.STRING),
                Results.nullIf(DataTypes.STRING(), 0, 1));
    }
}
