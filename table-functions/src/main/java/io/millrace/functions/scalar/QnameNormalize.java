package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
import io.millrace.functions.TypedScalarFunction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code qname_normalize}. */
@FunctionDoc(
        name = "qname_normalize",
        arguments = {
            @FunctionDoc.Argument(name = "symbol", type = "STRING", accepts = "symbol"),
            @FunctionDoc.Argument(name = "module", type = "STRING", optional = true),
            @FunctionDoc.Argument(name = "lang", type = "STRING", optional = true)
        },
        returns = "STRING",
        returnsKind = "symbol",
        doc =
                "Symbol and module in NFKC with single blanks, in lower case "
                        + "unless lang is one of bash, c, cpp, c++, csharp, c#, dart, go, "
                        + "java, javascript, js, julia, kotlin, lua, perl, php, python, r, "
                        + "ruby, rust, scala, swift, typescript, ts. A symbol with a dot, or "
                        + "without a module, stands alone; else module.symbol.",
        nulls =
                "Null for a null or blank symbol; a null or blank module is none; "
                        + "a null lang lower-cases.",
        tags = {"symbol", "string_norm", "deterministic"},
        examples = {
            "qname_normalize('Foo', 'Pkg.Mod') => pkg.mod.foo",
            "qname_normalize(symbol => 'Foo', lang => 'java', `module` => 'Pkg') => Pkg.Foo"
        })
public final class QnameNormalize extends TypedScalarFunction {

    private static final byte[] NONE = {};

    private static final Set<String> CASE_SENSITIVE =
            Set.of(
                    "bash",
                    "c",
                    "cpp",
                    "c++",
                    "csharp",
                    "c#",
                    "dart",
                    "go",
                    "java",
                    "javascript",
                    "js",
                    "julia",
                    "kotlin",
                    "lua",
                    "perl",
                    "php",
                    "python",
                    "r",
                    "ruby",
                    "rust",
                    "scala",
                    "swift",
                    "typescript",
                    "ts");

    /** Whether names are lower-cased; null where the language is no literal. */
    private final Boolean lowers;

    public QnameNormalize() {
        this(null);
    }

    private QnameNormalize(Boolean lowers) {
        this.lowers = lowers;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new QnameNormalize(
                call.isFixed(2) ? lowers(call.literal(2, String.class).orElse(null)) : null);
    }

    public StringData eval(StringData symbol, StringData module, StringData lang) {
        if (symbol == null) {
            return null;
        }
        boolean lower = lowers == null ? lowers(lang == null ? null : lang.toString()) : lowers;
        byte[] name = normalize(symbol, lower);
        if (name.length == 0) {
            return null;
        }
        byte[] scope = module == null || hasDot(name) ? NONE : normalize(module, lower);
        return StringData.fromBytes(scope.length == 0 ? name : qualified(scope, name));
    }

    private static boolean lowers(String lang) {
        return lang == null
                || !CASE_SENSITIVE.contains(TextNorm.trim(lang).toLowerCase(Locale.ROOT));
    }

    private static byte[] normalize(StringData text, boolean lower) {
        byte[] ascii = TextNorm.normalizeAscii(text.toBytes(), lower, true);
        return ascii != null
                ? ascii
                : TextNorm.normalize(text.toString(), Normalizer.Form.NFKC, lower, true)
                        .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasDot(byte[] name) {
        for (byte b : name) {
            if (b == '.') {
                return true;
            }
        }
        return false;
    }

    private static byte[] qualified(byte[] scope, byte[] name) {
        byte[] qualified = Arrays.copyOf(scope, scope.length + 1 + name.length);
        qualified[scope.length] = '.';
        System.arraycopy(name, 0, qualified, scope.length + 1, name.length);
        return qualified;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.always(DataTypes.STRING()));
    }
}
