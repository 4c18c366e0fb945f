package io.millrace.functions.scalar;

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
        arguments = {@FunctionDoc.Argument(name = "s", type = "STRING")},
        returns = "STRING",
        doc = "The text trimmed of Unicode white space.",
        nulls = "Null for null and for blank.",
        tags = {"string_norm", "deterministic"},
        examples = {"utf8_null_if_blank(' a b ') => a b", "utf8_null_if_blank('  ') => NULL"})
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
        return Results.of(this, Results.always(DataTypes.STRING()));
    }
}
