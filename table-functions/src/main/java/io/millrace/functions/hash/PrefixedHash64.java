package io.millrace.functions.hash;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code prefixed_hash64}. */
@FunctionDoc(
        name = "prefixed_hash64",
        arguments = {
            @FunctionDoc.Argument(name = "prefix", type = "STRING"),
            @FunctionDoc.Argument(name = "s", type = "STRING")
        },
        returns = "STRING",
        doc = "prefix:n where n is stable_hash64 of the text; the prefix is not hashed.",
        nulls = "Null if either is null.",
        tags = {"hash", "id", "deterministic"},
        examples = {"prefixed_hash64('ns', 'gamma') => ns:8666994792918649077"})
public final class PrefixedHash64 extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of64();
    }

    public StringData eval(StringData prefix, StringData text) {
        return prefix == null || text == null ? null : hasher.update(text).finishLongId(prefix);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.STRING(), 0, 1));
    }
}
