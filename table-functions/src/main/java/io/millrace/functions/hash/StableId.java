package io.millrace.functions.hash;

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
        arguments = {
            @FunctionDoc.Argument(name = "prefix", type = "STRING"),
            @FunctionDoc.Argument(name = "s", type = "STRING")
        },
        returns = "STRING",
        doc = "prefix:h where h is stable_hash128 of the text; the prefix is not hashed.",
        nulls = "Null if either is null.",
        tags = {"id", "hash", "deterministic"},
        examples = {
            "stable_id('ns', 'delta') => ns:7fe3792fbdd937674be221ed030739da",
            "stable_id(s => 'delta', prefix => 'ns') => " + "ns:7fe3792fbdd937674be221ed030739da"
        })
public final class StableId extends ScalarFunction {

    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(StringData prefix, StringData text) {
        return prefix == null || text == null ? null : hasher.update(text).finishHexId(prefix);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.STRING(), 0, 1));
    }
}
