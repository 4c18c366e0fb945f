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

/** {@code prefixed_hash_parts64}. */
@FunctionDoc(
        name = "prefixed_hash_parts64",
        arguments = {
            @FunctionDoc.Argument(name = "prefix", type = "STRING"),
            @FunctionDoc.Argument(name = "part", type = "ANY", varargs = true)
        },
        returns = "STRING",
        doc =
                "prefix:n where n is stable_hash64 of the texts of the parts "
                        + "joined with U+001F; the prefix is not hashed. Injective, up to "
                        + "the hash, for parts whose text holds no U+001F: 'a', 'b' and one "
                        + "part 'a' U+001F 'b' give the same id, and so do null and "
                        + "'__NULL__', and values of two types with one text.",
        nulls = "Null only if the prefix is null; a null part counts as '__NULL__'.",
        tags = {"id", "hash", "deterministic"},
        examples = {
            "prefixed_hash_parts64('qname', 'os.path.join') => " + "qname:2485322640693146536"
        })
public final class PrefixedHashParts64 extends TypedScalarFunction {

    private final Parts parts;
    private transient StableHasher hasher;

    public PrefixedHashParts64() {
        this(new Parts(List.of()));
    }

    private PrefixedHashParts64(Parts parts) {
        this.parts = parts;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new PrefixedHashParts64(new Parts(call.types().subList(1, call.types().size())));
    }

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of64();
    }

    public StringData eval(StringData prefix, Object... values) {
        if (prefix == null) {
            return null;
        }
        parts.feed(hasher, values);
        return hasher.finishLongId(prefix);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.STRING(), 0));
    }
}
