package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code qname_normalize}. */
@FunctionDoc(
        name = "qname_normalize",
        arguments = {
            @FunctionDoc.Argument(name = "symbol", type = "STRING"),
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
public final class QnameNormalize extends ScalarFunction {

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

    public StringData eval(StringData symbol, StringData module, StringData lang) {
        if (symbol == null) {
            return null;
        }
        boolean lower = lang == null || !isCaseSensitive(lang.toString());
        String name = normalize(symbol, lower);
        if (name.isEmpty()) {
            return null;
        }
        String scope = module == null || name.contains(".") ? "" : normalize(module, lower);
        return StringData.fromString(scope.isEmpty() ? name : scope + '.' + name);
    }

    private static boolean isCaseSensitive(String lang) {
        return CASE_SENSITIVE.contains(TextNorm.trim(lang).toLowerCase(Locale.ROOT));
    }

    private static String normalize(StringData text, boolean lower) {
        return TextNorm.normalize(text.toString(), Normalizer.Form.NFKC, lower, true);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.always(DataTypes.STRING()));
    }
}
