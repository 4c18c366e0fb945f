package io.millrace.functions.hash;

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
        arguments = {@FunctionDoc.Argument(name = "s", type = "STRING")},
        returns = "STRING",
        doc = "16-byte BLAKE2b of the UTF-8 text in lower-case hex.",
        nulls = "Null for null.",
        tags = {"hash", "deterministic"},
        examples = {"stable_hash128('beta') => 3fbcb3213a60fe28c29ec4283042c6e2"})
public final class StableHash128 extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(StringData text) {
        return text == null ? null : StringData.fromBytes(hasher.update(text).finishHex());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.STRING(), 0));
    }
}
