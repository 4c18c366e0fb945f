package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code col_to_byte}. */
@FunctionDoc(
        name = "col_to_byte",
        signature = "col_to_byte(line STRING, col BIGINT, unit STRING) BIGINT",
        doc =
                "The byte offset in the line of a column counted in UTF8, UTF16 or UTF32 units (null"
                        + " or unknown: UTF32), clamped to the line; a column in unit BYTE is given back as it"
                        + " is. A column inside a character is an error. Null if line or column is null.",
        tags = {"position_encoding", "span", "deterministic"})
public final class ColToByte extends ScalarFunction {

    public Long eval(StringData line, Long column, StringData unit) {
        return ByteColumns.toByte(line, column, unit);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING, ArgumentType.BIGINT, ArgumentType.STRING),
                Results.nullIf(DataTypes.BIGINT(), 0, 1));
    }
}
