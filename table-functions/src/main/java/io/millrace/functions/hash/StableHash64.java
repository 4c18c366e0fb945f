package io.millrace.functions.hash;

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
        arguments = {@FunctionDoc.Argument(name = "s", type = "STRING")},
        returns = "BIGINT",
        doc =
                "8-byte BLAKE2b of the UTF-8 text, read big-endian without the "
                        + "sign bit: never negative.",
        nulls = "Null for null.",
        tags = {"hash", "deterministic"},
        examples = {
            "stable_hash64('alpha') => 5982700193828047002",
            "stable_hash64(s => 'alpha') => 5982700193828047002",
            "stable_hash64(NULL) => NULL"
        })
public final class StableHash64 extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of64();
    }

    public Long eval(StringData text) {
        return text == null ? null : hasher.update(text).finishLong();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.BIGINT(), 0));
    }
}
