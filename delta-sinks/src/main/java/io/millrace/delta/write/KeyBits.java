package io.millrace.delta.write;

import io.millrace.delta.write.page.Timestamps;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * A value of fixed width, that is not null, as 64 bits: equal values have equal bits and others
 * have not.
 */
@FunctionalInterface
interface KeyBits {

    long of(RowData row);

    /** For column {@code position}; null where the type has no fixed width. */
    static KeyBits of(LogicalType type, int position) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> row -> row.getBoolean(position) ? 1 : 0;
            case TINYINT -> row -> row.getByte(position);
            case SMALLINT -> row -> row.getShort(position);
            case INTEGER, DATE -> row -> row.getInt(position);
            case BIGINT -> row -> row.getLong(position);
            // -0.0 equals 0.0, and there is one NaN.
            case FLOAT -> row -> Float.floatToIntBits(row.getFloat(position) + 0.0f);
            case DOUBLE -> row -> Double.doubleToLongBits(row.getDouble(position) + 0.0);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int precision = LogicalTypeChecks.getPrecision(type);
                yield row -> Timestamps.micros(row.getTimestamp(position, precision));
            }
            case DECIMAL -> {
                int precision = ((DecimalType) type).getPrecision();
                int scale = ((DecimalType) type).getScale();
                yield DecimalData.isCompact(precision)
                        ? row -> row.getDecimal(position, precision, scale).toUnscaledLong()
                        : null;
            }
            default -> null;
        };
    }
}
