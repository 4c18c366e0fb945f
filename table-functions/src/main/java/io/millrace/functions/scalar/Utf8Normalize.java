package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
import io.millrace.functions.TypedScalarFunction;
import java.text.Normalizer;
import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code utf8_normalize}. */
@FunctionDoc(
        name = "utf8_normalize",
        arguments = {
            @FunctionDoc.Argument(name = "s", type = "STRING"),
            @FunctionDoc.Argument(
                    name = "form",
                    type = "STRING",
                    optional = true,
                    otherwise = "'NFKC'"),
            @FunctionDoc.Argument(
                    name = "lower",
                    type = "BOOLEAN",
                    optional = true,
                    otherwise = "true"),
            @FunctionDoc.Argument(
                    name = "ws",
                    type = "BOOLEAN",
                    optional = true,
                    otherwise = "true")
        },
        returns = "STRING",
        doc =
                "Trimmed of Unicode white space, in the normalization form NFC, "
                        + "NFD, NFKC or NFKD, in lower case (root locale) if lower, runs of "
                        + "white space as one blank if ws.",
        nulls = "Null for null and where nothing is left; a null option is its default.",
        tags = {"string_norm", "deterministic"},
        examples = {
            "utf8_normalize('  Foo   BAR ') => foo bar",
            "utf8_normalize(s => 'A  B', `lower` => false) => A B"
        })
public final class Utf8Normalize extends TypedScalarFunction {

    /** Null where the form is no literal. */
    private final Normalizer.Form prepared;

    public Utf8Normalize() {
        this(null);
    }

    private Utf8Normalize(Normalizer.Form prepared) {
        this.prepared = prepared;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new Utf8Normalize(
                call.isFixed(1) ? form(call.literal(1, String.class).orElse(null)) : null);
    }

    public StringData eval(StringData text, StringData form, Boolean lower, Boolean ws) {
        if (text == null) {
            return null;
        }
        Normalizer.Form wanted =
                prepared != null ? prepared : form(form == null ? null : form.toString());
        boolean lowers = isOn(lower);
        boolean collapses = isOn(ws);
        byte[] utf8 = text.toBytes();
        byte[] ascii = TextNorm.normalizeAscii(utf8, lowers, collapses);
        if (ascii != null) {
            return ascii.length == 0 ? null : ascii == utf8 ? text : StringData.fromBytes(ascii);
        }
        String normal = TextNorm.normalize(text.toString(), wanted, lowers, collapses);
        return normal.isEmpty() ? null : StringData.fromString(normal);
    }

    private static boolean isOn(Boolean option) {
        return option == null || option;
    }

    private static Normalizer.Form form(String name) {
        if (name == null) {
            return Normalizer.Form.NFKC;
        }
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "NFC" -> Normalizer.Form.NFC;
            case "NFD" -> Normalizer.Form.NFD;
            case "NFKC" -> Normalizer.Form.NFKC;
            case "NFKD" -> Normalizer.Form.NFKD;
            default ->
                    throw new ValidationException(
                            "utf8_normalize: unknown form '"
                                    + name
                                    + "'. Use NFC, NFD, NFKC or NFKD.");
        };
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(
                this,
                Results.afterCheck(1, Utf8Normalize::form, Results.always(DataTypes.STRING())));
    }
}
