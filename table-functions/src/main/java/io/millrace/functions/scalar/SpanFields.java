package io.millrace.functions.scalar;

import io.millrace.functions.Results;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** Reads start and end of a span row by field name; the end it gives is always exclusive. */
final class SpanFields implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int start;
    private final int end;
    private final LogicalTypeRoot startType;
    private final LogicalTypeRoot endType;
    private final int exclusive;

    SpanFields(LogicalType type) {
        RowType row = (RowType) type;
        this.start = row.getFieldIndex("bstart");
        this.end = row.getFieldIndex("bend");
        this.startType = row.getTypeAt(start).getTypeRoot();
        this.endType = row.getTypeAt(end).getTypeRoot();
        this.exclusive = row.getFieldIndex("end_exclusive");
    }

    /** This type, null only where a span or a bound of one may be. */
    static TypeStrategy nullIfIncomplete(DataType type) {
        return call ->
                Optional.of(
                        Results.withNullability(
                                DataTypeUtils.toInternalDataType(type),
                                call.getArgumentDataTypes().stream()
                                        .map(DataType::getLogicalType)
                                        .anyMatch(SpanFields::mayBeIncomplete)));
    }

    private static boolean mayBeIncomplete(LogicalType type) {
        return type.isNullable()
                || !(type instanceof RowType row)
                || row.getTypeAt(row.getFieldIndex("bstart")).isNullable()
                || row.getTypeAt(row.getFieldIndex("bend")).isNullable();
    }

    boolean isComplete(RowData span) {
        return span != null && !span.isNullAt(start) && !span.isNullAt(end);
    }

    long start(RowData span) {
        return bound(span, start, startType);
    }

    /** The end as it stands in the span. */
    long givenEnd(RowData span) {
        return bound(span, end, endType);
    }

    private static long bound(RowData span, int position, LogicalTypeRoot type) {
        return switch (type) {
            case BIGINT -> span.getLong(position);
            case INTEGER -> span.getInt(position);
            case SMALLINT -> span.getShort(position);
            default -> span.getByte(position);
        };
    }

    long end(RowData span) {
        boolean inclusive =
                exclusive >= 0 && !span.isNullAt(exclusive) && !span.getBoolean(exclusive);
        return inclusive ? givenEnd(span) + 1 : givenEnd(span);
    }
}
