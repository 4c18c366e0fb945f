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

/** {@code stable_hash64}. */
@FunctionDoc(
        name = "stable_hash64",
        signature = "stable_hash64(s STRING) BIGINT",
        doc = "8-byte BLAKE2b of the text as a number that is never negative. Null for null.",
        tags = {"hash", "deterministic"})
public final class StableHash64 extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of64();
    }

    public Long eval(StringData text) {
        return text == null ? null : hasher.update(text.toBytes()).finishLong();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING), Results.nullIf(DataTypes.BIGINT(), 0));
    }
}
