package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import io.millrace.functions.TypedScalarFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code canonicalize_byte_span}. */
@FunctionDoc(
        name = "canonicalize_byte_span",
        arguments = {
            @FunctionDoc.Argument(name = "sline_byte", type = "BIGINT"),
            @FunctionDoc.Argument(name = "sline", type = "STRING"),
            @FunctionDoc.Argument(name = "scol", type = "BIGINT"),
            @FunctionDoc.Argument(name = "eline_byte", type = "BIGINT"),
            @FunctionDoc.Argument(name = "eline", type = "STRING"),
            @FunctionDoc.Argument(name = "ecol", type = "BIGINT"),
            @FunctionDoc.Argument(name = "unit", type = "STRING")
        },
        returns = "ROW<bstart BIGINT, bend BIGINT> NOT NULL",
        doc = "Each side is the byte where its line starts plus col_to_byte of " + "its column.",
        nulls = "The row is never null; a side is null if anything it needs is.",
        tags = {"position_encoding", "span", "deterministic"},
        examples = {
            "canonicalize_byte_span(10, 'abcdef', 3, 20, 'ghijkl', 2, 'BYTE') " + "=> (13, 22)"
        })
public final class CanonicalizeByteSpan extends TypedScalarFunction {

    private static final int UNKNOWN = -1;

    /** What columns are counted in; UNKNOWN where the unit is no literal. */
    private final int prepared;

    public CanonicalizeByteSpan() {
        this(UNKNOWN);
    }

    private CanonicalizeByteSpan(int prepared) {
        this.prepared = prepared;
    }

    @Override
    protected UserDefinedFunction forCall(Call call) {
        return new CanonicalizeByteSpan(
                call.isFixed(6)
                        ? ByteColumns.unit(
                                StringData.fromString(call.literal(6, String.class).orElse(null)))
                        : UNKNOWN);
    }

    public RowData eval(
            Number startLineByte,
            StringData startLine,
            Number startColumn,
            Number endLineByte,
            StringData endLine,
            Number endColumn,
            StringData unit) {
        int counted = prepared == UNKNOWN ? ByteColumns.unit(unit) : prepared;
        return GenericRowData.of(
                side(startLineByte, startLine, startColumn, counted),
                side(endLineByte, endLine, endColumn, counted));
    }

    private static Long side(Number lineByte, StringData line, Number column, int unit) {
        Long within = ByteColumns.toByte(line, column, unit);
        return lineByte == null || within == null
                ? null
                : Long.valueOf(lineByte.longValue() + within);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(
                this,
                Results.always(
                        DataTypes.ROW(
                                        DataTypes.FIELD("bstart", DataTypes.BIGINT()),
                                        DataTypes.FIELD("bend", DataTypes.BIGINT()))
                                .notNull()));
    }
}
