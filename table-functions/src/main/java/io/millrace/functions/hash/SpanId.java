package io.millrace.functions.hash;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;

/** {@code span_id}. */
@FunctionDoc(
        name = "span_id",
        arguments = {
            @FunctionDoc.Argument(name = "prefix", type = "STRING"),
            @FunctionDoc.Argument(name = "path", type = "STRING"),
            @FunctionDoc.Argument(name = "bstart", type = "BIGINT"),
            @FunctionDoc.Argument(name = "bend", type = "BIGINT"),
            @FunctionDoc.Argument(name = "kind", type = "STRING", optional = true)
        },
        named = false,
        returns = "STRING",
        returnsKind = "span_id",
        doc = "stable_id_parts of the same arguments.",
        nulls =
                "Null only if the prefix is null; a null path or bound counts as "
                        + "'__NULL__', a null kind that is given too.",
        tags = {"id", "span", "hash", "deterministic"},
        examples = {"span_id('span', 'a.py', 0, 5) => span:70f9a00eb4f688243a1ecd2877a435a1"})
public final class SpanId extends ScalarFunction {

    private final Parts parts =
            new Parts(
                    List.of(
                            VarCharType.STRING_TYPE,
                            new BigIntType(),
                            new BigIntType(),
                            VarCharType.STRING_TYPE));
    private transient StableHasher hasher;

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(StringData prefix, StringData path, Number start, Number end) {
        return id(prefix, path, start, end);
    }

    public StringData eval(
            StringData prefix, StringData path, Number start, Number end, StringData kind) {
        return id(prefix, path, start, end, kind);
    }

    private StringData id(StringData prefix, Object... values) {
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
