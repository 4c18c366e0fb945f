package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code col_to_byte}. */
@FunctionDoc(
        name = "col_to_byte",
        arguments = {
            @FunctionDoc.Argument(name = "line", type = "STRING"),
            @FunctionDoc.Argument(name = "col", type = "BIGINT"),
            @FunctionDoc.Argument(name = "unit", type = "STRING")
        },
        returns = "BIGINT",
        doc =
                "The byte offset in the line of a column counted in UTF8, UTF16 or "
                        + "UTF32 units, clamped to the line; a column in unit BYTE is given "
                        + "back as it is. A column inside a character is an error.",
        nulls = "Null if line or col is null; a null or unknown unit is UTF32.",
        tags = {"position_encoding", "span", "deterministic"},
        examples = {
            "col_to_byte('abcdef', 3, 'BYTE') => 3",
            "col_to_byte(unit => 'UTF16', line => 'abcdef', col => 9) => 6"
        })
public final class ColToByte extends TypedScalarFunction {

    private static final int UNKNOWN = -1;

    private final int unit;

    public ColToByte() {
        this(UNKNOWN);
    }

    private ColToByte(int unit) {
        this.unit = unit;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new ColToByte(
                call.isFixed(2)
                        ? ByteColumns.unit(
                                StringData.fromString(call.literal(2, String.class).orElse(null)))
                        : UNKNOWN);
    }

    public Long eval(StringData line, Number column, StringData name) {
        return ByteColumns.toByte(line, column, unit == UNKNOWN ? ByteColumns.unit(name) : unit);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.nullIf(DataTypes.BIGINT(), 0, 1));
    }
}
