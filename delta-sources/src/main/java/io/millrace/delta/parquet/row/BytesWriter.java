package io.millrace.delta.parquet.row;

import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector.Bytes;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Strings and bytes: up to seven stand in the slot, more in a variable part. */
final class BytesWriter extends ValueWriter {

    private static final int MAX_IN_SLOT = 7;

    @Override
    int elementSize() {
        return 8;
    }

    @Override
    boolean isVariable() {
        return true;
    }

    @Override
    int variableSize(ColumnVector vector, int index) {
        return variableSize(((BytesColumnVector) vector).getBytes(index).len);
    }

    private static int variableSize(int length) {
        return length <= MAX_IN_SLOT ? 0 : Words.rounded(length);
    }

    @Override
    int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
        return write(((BytesColumnVector) vector).getBytes(index), bytes, slot, base, cursor);
    }

    static int write(Bytes value, byte[] bytes, int slot, int base, int cursor) {
        int length = value.len;
        if (length <= MAX_IN_SLOT) {
            Words.putLong(bytes, slot, inSlot(value.data, value.offset, length));
            return cursor;
        }
        System.arraycopy(value.data, value.offset, bytes, cursor, length);
        Words.putReference(bytes, slot, cursor - base, length);
        return cursor + Words.rounded(length);
    }

    private static long inSlot(byte[] data, int offset, int length) {
        long text;
        if (Words.LITTLE_ENDIAN && offset + 8 <= data.length) {
            text = Words.getLong(data, offset) & ((1L << (length * 8)) - 1);
        } else {
            text = 0;
            for (int i = 0; i < length; i++) {
                int shift = (Words.LITTLE_ENDIAN ? i : MAX_IN_SLOT - 1 - i) * 8;
                text |= (data[offset + i] & 0xFFL) << shift;
            }
        }
        return (0x80L | length) << 56 | text;
    }

    @Override
    void addSizes(ColumnVector vector, int[] rows, int from, int count, int[] sizes) {
        BytesColumnVector values = (BytesColumnVector) vector;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (!values.isNullAt(row)) {
                sizes[i] = Math.addExact(sizes[i], variableSize(values.getBytes(row).len));
            }
        }
    }

    @Override
    void writeColumn(ColumnVector vector, RowBlock block, int field, int slotOffset) {
        BytesColumnVector values = (BytesColumnVector) vector;
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
                cursors[i] =
                        write(values.getBytes(row), bytes, base + slotOffset, base, cursors[i]);
            }
        }
    }
}
