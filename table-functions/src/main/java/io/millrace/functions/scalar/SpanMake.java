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

/** {@code span_make}. */
@FunctionDoc(
        name = "span_make",
        signature =
                "span_make(bstart BIGINT, bend BIGINT [, line_base INT = 0 [, col_unit STRING ="
                        + " 'byte' [, end_exclusive BOOLEAN = true]]]) ROW<bstart BIGINT, bend BIGINT,"
                        + " line_base INT, col_unit STRING, end_exclusive BOOLEAN> NOT NULL",
        doc = "A span as a row. The row is never null; null bounds pass through.",
        tags = {"span", "deterministic"})
public final class SpanMake extends ScalarFunction {

    private static final StringData BYTE = StringData.fromString("byte");

    public RowData eval(Long start, Long end) {
        return eval(start, end, 0, BYTE, true);
    }

    public RowData eval(Long start, Long end, Integer lineBase) {
        return eval(start, end, lineBase, BYTE, true);
    }

    public RowData eval(Long start, Long end, Integer lineBase, StringData unit) {
        return eval(start, end, lineBase, unit, true);
    }

    public RowData eval(
            Long start, Long end, Integer lineBase, StringData unit, Boolean exclusive) {
        return GenericRowData.of(
                start,
                end,
                lineBase == null ? 0 : lineBase,
                unit == null ? BYTE : unit,
                exclusive == null || exclusive);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.scalar(
                Arguments.of(ArgumentType.BIGINT, ArgumentType.BIGINT)
                        .optional(ArgumentType.INT, ArgumentType.STRING, ArgumentType.BOOLEAN),
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
