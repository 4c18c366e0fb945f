package io.millrace.functions.hash;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
import io.millrace.functions.TypedScalarFunction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/** {@code stable_hash_any}. */
@FunctionDoc(
        name = "stable_hash_any",
        arguments = {
            @FunctionDoc.Argument(name = "v", type = "ANY"),
            @FunctionDoc.Argument(
                    name = "canonical",
                    type = "BOOLEAN",
                    optional = true,
                    literal = true,
                    otherwise = "true"),
            @FunctionDoc.Argument(
                    name = "sentinel",
                    type = "STRING",
                    optional = true,
                    literal = true,
                    otherwise = "'__NULL__'")
        },
        named = false,
        returns = "STRING NOT NULL",
        doc =
                "stable_hash128 of the text of any value, trimmed of Unicode white "
                        + "space and in NFKC if canonical (case is kept).",
        nulls = "Never null; null is hashed as the sentinel.",
        tags = {"hash", "deterministic"},
        examples = {
            "stable_hash_any(NULL) => a57b800059f43b1b7b599199eb6e1b74",
            "stable_hash_any(' x ', false) => fa8e67b32a282efab80cdf06cabf0755"
        })
public final class StableHashAny extends TypedScalarFunction {

    private static final StringData NULL = StringData.fromString("__NULL__");

    private final ValueText text;
    private final boolean plain;
    private transient StableHasher hasher;

    public StableHashAny() {
        this(VarCharType.STRING_TYPE);
    }

    private StableHashAny(LogicalType type) {
        this.text = ValueText.of(type);
        this.plain = text.isPlain();
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new StableHashAny(call.type(0));
    }

    @Override
    public void open(FunctionContext context) {
        hasher = StableHasher.of128();
    }

    public StringData eval(Object value) {
        return eval(value, true, NULL);
    }

    public StringData eval(Object value, Boolean canonical) {
        return eval(value, canonical, NULL);
    }

    public StringData eval(Object value, Boolean canonical, StringData sentinel) {
        if (value == null) {
            hasher.update(sentinel == null ? NULL : sentinel);
        } else if (plain || (canonical != null && !canonical)) {
            text.feed(hasher, value);
        } else {
            hasher.update(canonical(text.utf8(value)));
        }
        return StringData.fromBytes(hasher.finishHex());
    }

    private static byte[] canonical(byte[] utf8) {
        if (TextNorm.isPlain(utf8)) {
            return utf8;
        }
        String trimmed = TextNorm.trim(new String(utf8, StandardCharsets.UTF_8));
        return Normalizer.normalize(trimmed, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.always(DataTypes.STRING().notNull()));
    }
}
