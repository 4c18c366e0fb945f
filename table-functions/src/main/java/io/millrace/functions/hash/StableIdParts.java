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

/** {@code stable_id_parts}. */
@FunctionDoc(
        name = "stable_id_parts",
        signature = "stable_id_parts(prefix STRING, part ANY...) STRING",
        doc =
                "prefix:h where h is stable_hash128 of the texts of the parts joined with U+001F; a"
                        + " null part counts as '__NULL__'. Null only if the prefix is null.",
        tags = {"id", "hash", "deterministic"})
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
    protected UserDefinedFunction forTypes(List<LogicalType> arguments) {
        return new StableIdParts(new Parts(arguments.subList(1, arguments.size())));
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
        return Results.scalar(
                Arguments.of(ArgumentType.STRING, ArgumentType.ANY).lastRepeats(),
                Results.nullIf(DataTypes.STRING(), 0));
    }
}
