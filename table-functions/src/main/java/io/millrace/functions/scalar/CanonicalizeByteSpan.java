package io.millrace.functions.scalar;

import io.millrace.functions.ArgumentType;
import io.millrace.functions.Arguments;
import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code canonicalize_byte_span}. */
@FunctionDoc(
        name = "canonicalize_byte_span",
        signature =
                "canonicalize_byte_span(sline_byte BIGINT, sline STRING, scol BIGINT, eline_byte"
                        + " BIGINT, eline STRING, ecol BIGINT, unit STRING) ROW<bstart BIGINT, bend BIGINT>"
                        + " NOT NULL",
        doc =
                "Each side is the byte where its line starts plus col_to_byte of its column. A side"
                        + " is null if anything it needs is null; the row is never null.",
        tags = {"position_encoding", "span", "deterministic"})
public final class CanonicalizeByteSpan extends ScalarFunction {

    public RowData eval(
            Long startLineByte,
            StringData startLine,
            Long startColumn,
            Long endLineByte,
            StringData endLine,
            Long endColumn,
            StringData unit) {
        return GenericRowData.of(
                side(startLineByte, startLine, startColumn, unit),
                side(endLineByte, endLine, endColumn, unit));
    }

    private static Long side(Long lineByte, StringData line, Long column, StringData unit) {
        Long within = ByteColumns.toByte(line, column, unit);
        return lineByte == null || within == null ? null : Long.valueOf(lineByte + within);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(
                        ArgumentType.BIGINT,
                        ArgumentType.STRING,
                        ArgumentType.BIGINT,
                        ArgumentType.BIGINT,
                        ArgumentType.STRING,
                        ArgumentType.BIGINT,
                        ArgumentType.STRING),
                Results.always(
                        DataTypes.ROW(
                                        DataTypes.FIELD("bstart", DataTypes.BIGINT()),
                                        DataTypes.FIELD("bend", DataTypes.BIGINT()))
                                .notNull()));
    }
}
