package io.millrace.functions.hash;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code stable_id_parts}. */
@FunctionDoc(
        name = "stable_id_parts",
        arguments = {
            @FunctionDoc.Argument(name = "prefix", type = "STRING"),
            @FunctionDoc.Argument(name = "part", type = "ANY", varargs = true)
        },
        returns = "STRING",
        doc =
                "prefix:h where h is stable_hash128 of the texts of the parts "
                        + "joined with U+001F; the prefix is not hashed. Injective, up to "
                        + "the hash, for parts whose text holds no U+001F: 'a', 'b' and one "
                        + "part 'a' U+001F 'b' give the same id, and so do null and "
                        + "'__NULL__', and values of two types with one text.",
        nulls = "Null only if the prefix is null; a null part counts as '__NULL__'.",
        tags = {"id", "hash", "deterministic"},
        examples = {
            "stable_id_parts('cst_def', 'a/b.py', 10, 20) => "
                    + "cst_def:22d7cb4390271e9612d52e74420c9376",
            "stable_id_parts('cst_def', 'a/b.py', NULL) => "
                    + "cst_def:0f5d4faee6b9f83e9cc614e11ef10c3a"
        })
public final class StableIdParts extends TypedScalarFunction {

    private final Parts parts;
    private transient StableHasher hasher;

    public StableIdParts() {
        this(new Parts(List.of()));
    }

    private StableIdParts(Parts parts) {
        this.parts = parts;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new StableIdParts(new Parts(call.types().subList(1, call.types().size())));
    }

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(StringData prefix, Object... values) {
        if (prefix == null) {
            return null;
        }
        parts.feed(hasher, values);
        return hasher.finishHexId(prefix);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.STRING(), 0));
    }
}
