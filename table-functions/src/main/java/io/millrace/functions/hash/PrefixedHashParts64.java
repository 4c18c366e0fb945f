package io.millrace.functions.hash;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
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
import org.apache.flink.table.types.logical.LogicalType;

/** {@code prefixed_hash_parts64}. */
@FunctionDoc(
        name = "prefixed_hash_parts64",
        signature = "prefixed_hash_parts64(prefix STRING, part ANY...) STRING",
        doc =
                "prefix:n where n is stable_hash64 of the texts of the parts joined with U+001F; a"
                        + " null part counts as '__NULL__'. Null only if the prefix is null.",
        tags = {"id", "hash", "deterministic"})
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
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        return new PrefixedHashParts64(new Parts(arguments.subList(1, arguments.size())));
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
        return Results.scalar(
                Arguments.of(ArgumentType.STRING, ArgumentType.ANY).lastRepeats(),
                Results.nullIf(DataTypes.STRING(), 0));
    }
}
