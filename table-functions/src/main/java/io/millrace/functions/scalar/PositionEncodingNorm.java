package io.millrace.functions.scalar;

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
        arguments = {@FunctionDoc.Argument(name = "s", type = "STRING")},
        returns = "INT NOT NULL",
        doc =
                "1 for UTF8, 2 for UTF16, 3 for UTF32 and all else; hyphens, "
                        + "underscores and case are ignored.",
        nulls = "Never null; 3 for null.",
        tags = {"position_encoding", "deterministic"},
        examples = {"position_encoding_norm('utf-8') => 1", "position_encoding_norm(NULL) => 3"})
public final class PositionEncodingNorm extends ScalarFunction {

    public Integer eval(StringData name) {
        return ByteColumns.encoding(name);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(this, Results.always(DataTypes.INT().notNull()));
    }
}
