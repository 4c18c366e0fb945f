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

/** {@code position_encoding_norm}. */
@FunctionDoc(
        name = "position_encoding_norm",
        signature = "position_encoding_norm(s STRING) INT NOT NULL",
        doc =
                "1 for UTF8, 2 for UTF16, 3 for UTF32; hyphens, underscores and case are ignored."
                        + " Null or unknown: 3.",
        tags = {"position_encoding", "deterministic"})
public final class PositionEncodingNorm extends ScalarFunction {

    public Integer eval(StringData name) {
        return ByteColumns.encoding(name);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.STRING), Results.always(DataTypes.INT().notNull()));
    }
}
