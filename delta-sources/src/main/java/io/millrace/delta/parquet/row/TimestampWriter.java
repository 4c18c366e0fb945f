package io.millrace.delta.parquet.row;

import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/**
 * Timestamps: milliseconds in the slot; beyond that precision the milliseconds are a variable part,
 * and the slot has the nanoseconds in its length.
 */
final class TimestampWriter extends ValueWriter {

    private final int precision;
    private final boolean compact;

    TimestampWriter(int precision) {
        this.precision = precision;
        this.compact = TimestampData.isCompact(precision);
    }

    @Override
    int elementSize() {
        return 8;
    }

    @Override
    boolean isVariable() {
        return !compact;
    }

    @Override
    int variableSize(ColumnVector vector, int index) {
        return compact ? 0 : 8;
    }

    @Override
    int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
        TimestampData value = ((TimestampColumnVector) vector).getTimestamp(index, precision);
        return write(value, bytes, slot, base, cursor);
    }

    private int write(TimestampData value, byte[] bytes, int slot, int base, int cursor) {
        if (compact) {
            Words.putLong(bytes, slot, value.getMillisecond());
            return cursor;
        }
        Words.putLong(bytes, cursor, value.getMillisecond());
        Words.putReference(bytes, slot, cursor - base, value.getNanoOfMillisecond());
        return cursor + 8;
    }

    @Override
    void writeColumn(ColumnVector vector, RowBlock block, int field, int slotOffset) {
        TimestampColumnVector values = (TimestampColumnVector) vector;
        byte[] bytes = block.bytes();
        int[] rows = block.rows();
        int[] starts = block.starts();
        int[] cursors = block.cursors();
        int from = block.from();
        for (int i = 0; i < block.count(); i++) {
            int row = rows[from + i];
            int base = starts[i];
            if (values.isNullAt(row)) {
                setNull(bytes, base, field);
            } else {
                TimestampData value = values.getTimestamp(row, precision);
                cursors[i] = write(value, bytes, base + slotOffset, base, cursors[i]);
            }
        }
    }
}
