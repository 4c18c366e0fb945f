package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TextNorm;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code utf8_null_if_blank}. */
@FunctionDoc(
        name = "utf8_null_if_blank",
        signature = "utf8_null_if_blank(s STRING) STRING",
        doc = "The text trimmed of Unicode white space. Null for null or blank.",
        tags = {"string_norm", "deterministic"})
public final class Utf8NullIfBlank extends ScalarFunction {

    public StringData eval(StringData text) {
        if (text == null) {
            return null;
        }
        String trimmed = TextNorm.trim(text.toString());
        return trimmed.isEmpty() ? null : StringData.fromString(trimmed);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING), Results.always(DataTypes.STRING()));
    }
}
