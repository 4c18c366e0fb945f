package io.millrace.functions.scalar;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Reads start and end of a span row by field name; the end it gives is always exclusive. */
final class SpanFields implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowData.FieldGetter start;
    private final RowData.FieldGetter end;
    private final int exclusive;

    SpanFields(LogicalType type) {
        RowType row = (RowType) type;
        this.start = getter(row, "bstart");
        this.end = getter(row, "bend");
        this.exclusive = row.getFieldIndex("end_exclusive");
    }

    private static RowData.FieldGetter getter(RowType row, String field) {
        int position = row.getFieldIndex(field);
        return RowData.createFieldGetter(row.getTypeAt(position), position);
    }

    boolean isComplete(RowData span) {
        return span != null
                && start.getFieldOrNull(span) != null
                && end.getFieldOrNull(span) != null;
    }

    long start(RowData span) {
        return ((Number) start.getFieldOrNull(span)).longValue();
    }

    /** The end as it stands in the span. */
    long givenEnd(RowData span) {
        return ((Number) end.getFieldOrNull(span)).longValue();
    }

    long end(RowData span) {
        boolean inclusive =
                exclusive >= 0 && !span.isNullAt(exclusive) && !span.getBoolean(exclusive);
        return inclusive ? givenEnd(span) + 1 : givenEnd(span);
    }
}
