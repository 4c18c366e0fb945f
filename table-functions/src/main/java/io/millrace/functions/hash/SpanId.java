package io.millrace.functions.hash;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
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
        signature =
                "span_id(prefix STRING, path STRING, bstart BIGINT, bend BIGINT [, kind STRING])"
                        + " STRING",
        doc = "stable_id_parts of the same arguments. Null only if the prefix is null.",
        tags = {"id", "span", "hash", "deterministic"})
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

    public StringData eval(StringData prefix, StringData path, Long start, Long end) {
        return id(prefix, path, start, end);
    }

    public StringData eval(
            StringData prefix, StringData path, Long start, Long end, StringData kind) {
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
        return Results.scalar(
                Arguments.of(
                                ArgumentType.STRING,
                                ArgumentType.STRING,
                                ArgumentType.BIGINT,
                                ArgumentType.BIGINT)
                        .optional(ArgumentType.STRING),
                Results.nullIf(DataTypes.STRING(), 0));
    }
}
