package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
import java.text.Normalizer;
import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code utf8_normalize}. */
@FunctionDoc(
        name = "utf8_normalize",
        signature =
                "utf8_normalize(s STRING [, form STRING = 'NFKC' [, lower BOOLEAN = true [, ws"
                        + " BOOLEAN = true]]]) STRING",
        doc =
                "Trimmed of Unicode white space, in the normalization form NFC, NFD, NFKC or NFKD,"
                        + " in lower case (root locale) if lower, runs of white space as one blank if ws. Null"
                        + " for null or where nothing is left.",
        tags = {"string_norm", "deterministic"})
public final class Utf8Normalize extends ScalarFunction {

    public StringData eval(StringData text) {
        return normalize(text, Normalizer.Form.NFKC, true, true);
    }

    public StringData eval(StringData text, StringData form) {
        return normalize(text, form(form), true, true);
    }

    public StringData eval(StringData text, StringData form, Boolean lower) {
        return normalize(text, form(form), isOn(lower), true);
    }

    public StringData eval(StringData text, StringData form, Boolean lower, Boolean ws) {
        return normalize(text, form(form), isOn(lower), isOn(ws));
    }

    private static StringData normalize(
            StringData text, Normalizer.Form form, boolean lower, boolean ws) {
        if (text == null) {
            return null;
        }
        String normal = TextNorm.normalize(text.toString(), form, lower, ws);
        return normal.isEmpty() ? null : StringData.fromString(normal);
    }

    private static boolean isOn(Boolean option) {
        return option == null || option;
    }

    private static Normalizer.Form form(StringData name) {
        if (name == null) {
            return Normalizer.Form.NFKC;
        }
        return switch (name.toString().toUpperCase(Locale.ROOT)) {
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
        return Results.scalar(
                Arguments.of(ArgumentType.STRING)
                        .optional(ArgumentType.STRING, ArgumentType.BOOLEAN, ArgumentType.BOOLEAN),
                Results.always(DataTypes.STRING()));
    }
}
