package io.millrace.functions.scalar;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.Results;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** {@code span_make}. */
@FunctionDoc(
        name = "span_make",
        arguments = {
            @FunctionDoc.Argument(name = "bstart", type = "BIGINT"),
            @FunctionDoc.Argument(name = "bend", type = "BIGINT"),
            @FunctionDoc.Argument(
                    name = "line_base",
                    type = "INT",
                    optional = true,
                    otherwise = "0"),
            @FunctionDoc.Argument(
                    name = "col_unit",
                    type = "STRING",
                    optional = true,
                    otherwise = "'byte'"),
            @FunctionDoc.Argument(
                    name = "end_exclusive",
                    type = "BOOLEAN",
                    optional = true,
                    otherwise = "true")
        },
        returns =
                "ROW<bstart BIGINT, bend BIGINT, line_base INT, col_unit STRING, "
                        + "end_exclusive BOOLEAN> NOT NULL",
        doc = "A span as a row.",
        nulls =
                "The row is never null; null bounds pass through; a null option is "
                        + "its default.",
        tags = {"span", "deterministic"},
        examples = {
            "span_make(1, 5) => (1, 5, 0, byte, TRUE)",
            "span_make(bstart => 1, bend => 5, end_exclusive => false) => (1, "
                    + "5, 0, byte, FALSE)"
        })
public final class SpanMake extends ScalarFunction {

    private static final StringData BYTE = StringData.fromString("byte");

    public RowData eval(
            Number start, Number end, Number lineBase, StringData unit, Boolean exclusive) {
        return GenericRowData.of(
                wide(start),
                wide(end),
                lineBase == null ? 0 : lineBase.intValue(),
                unit == null ? BYTE : unit,
                exclusive == null || exclusive);
    }

    private static Long wide(Number bound) {
        return bound == null || bound instanceof Long ? (Long) bound : (Long) bound.longValue();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.of(
                this,
                Results.always(
                        DataTypes.ROW(
                                        DataTypes.FIELD("bstart", DataTypes.BIGINT()),
                                        DataTypes.FIELD("bend", DataTypes.BIGINT()),
                                        DataTypes.FIELD("line_base", DataTypes.INT()),
                                        DataTypes.FIELD("col_unit", DataTypes.STRING()),
                                        DataTypes.FIELD("end_exclusive", DataTypes.BOOLEAN()))
                                .notNull()));
    }
}
