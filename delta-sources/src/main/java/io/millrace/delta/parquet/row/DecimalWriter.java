package io.millrace.delta.parquet.row;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.types.logical.DecimalType;

/** Decimals: the unscaled number in the slot, or in two words of a variable part. */
final class DecimalWriter extends ValueWriter {

    private static final int SIZE = 16;

    private final int precision;
    private final int scale;
    private final boolean compact;

    DecimalWriter(DecimalType type) {
        this.precision = type.getPrecision();
        this.scale = type.getScale();
        this.compact = DecimalData.isCompact(precision);
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
        return compact ? 0 : SIZE;
    }

    @Override
    int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
        DecimalData value = ((DecimalColumnVector) vector).getDecimal(index, precision, scale);
        if (compact) {
            Words.putLong(bytes, slot, value.toUnscaledLong());
            return cursor;
        }
        byte[] unscaled = value.toUnscaledBytes();
        System.arraycopy(unscaled, 0, bytes, cursor, unscaled.length);
        Words.putReference(bytes, slot, cursor - base, unscaled.length);
        return cursor + SIZE;
    }

    @Override
    void writeColumn(ColumnVector vector, RowBlock block, int field, int slotOffset) {
        if (!compact) {
            super.writeColumn(vector, block, field, slotOffset);
            return;
        }
        DecimalColumnVector values = (DecimalColumnVector) vector;
        byte[] bytes = block.bytes();
        int[] rows = block.rows();
        int[] starts = block.starts();
        int from = block.from();
        for (int i = 0; i < block.count(); i++) {
            int row = rows[from + i];
            if (values.isNullAt(row)) {
                setNull(bytes, starts[i], field);
            } else {
                long unscaled = values.getDecimal(row, precision, scale).toUnscaledLong();
                Words.putLong(bytes, starts[i] + slotOffset, unscaled);
            }
        }
    }
}
