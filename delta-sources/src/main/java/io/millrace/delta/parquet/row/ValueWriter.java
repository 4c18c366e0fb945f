package io.millrace.delta.parquet.row;

import org.apache.flink.table.data.columnar.vector.ColumnVector;

/**
 * Writes the values of one type as fields of binary rows and as elements of binary arrays. A value
 * has a slot in the fixed part, and some types a variable part behind that.
 *
 * <p>The loops over a column are written out in the types that are common, so that what they call
 * is known to the compiler.
 */
abstract class ValueWriter {

    /** First bit for a field: the header byte holds the row kind. */
    private static final int FIRST_FIELD_BIT = 8;

    private static final int ARRAY_HEADER = 4;

    /** Size of a slot in an array; that of a row has eight bytes. */
    abstract int elementSize();

    /** Whether there may be a variable part. */
    abstract boolean isVariable();

    /** Size of the variable part of a value that is not null, in whole words. */
    int variableSize(ColumnVector vector, int index) {
        return 0;
    }

    /**
     * Writes a value that is not null.
     *
     * @param slot where the fixed part goes
     * @param base where the row or array begins
     * @param cursor where the variable part goes
     * @return where the next variable part goes
     */
    abstract int write(
            ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor);

    /** As {@link #write}, where an array has other rules than a row. */
    int writeElement(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
        return write(vector, index, bytes, slot, base, cursor);
    }

    /** Adds the sizes of variable parts to the sizes of rows. */
    void addSizes(ColumnVector vector, int[] rows, int from, int count, int[] sizes) {
        if (!isVariable()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (!vector.isNullAt(row)) {
                sizes[i] = Math.addExact(sizes[i], variableSize(vector, row));
            }
        }
    }

    /** Writes a column of rows. */
    void writeColumn(ColumnVector vector, RowBlock block, int field, int slotOffset) {
        byte[] bytes = block.bytes();
        for (int i = 0; i < block.count(); i++) {
            int row = block.rows()[block.from() + i];
            int base = block.starts()[i];
            if (vector.isNullAt(row)) {
                setNull(bytes, base, field);
            } else {
                block.cursors()[i] =
                        write(vector, row, bytes, base + slotOffset, base, block.cursors()[i]);
            }
        }
    }

    static void setNull(byte[] bytes, int base, int field) {
        Words.setBit(bytes, base, FIRST_FIELD_BIT + field);
    }

    /** Size of an array of {@code count} values from {@code start}, in bytes. */
    final int arraySize(ColumnVector vector, int start, int count) {
        int size = arrayFixedSize(count);
        if (isVariable()) {
            for (int i = start; i < start + count; i++) {
                if (!vector.isNullAt(i)) {
                    size = Math.addExact(size, variableSize(vector, i));
                }
            }
        }
        return size;
    }

    private int arrayFixedSize(int count) {
        return Words.rounded(
                Math.addExact(arrayHeaderSize(count), Math.multiplyExact(elementSize(), count)));
    }

    private static int arrayHeaderSize(int count) {
        return ARRAY_HEADER + ((count + 31) / 32) * 4;
    }

    /**
     * Writes an array.
     *
     * @return where it ends
     */
    final int writeArray(ColumnVector vector, int start, int count, byte[] bytes, int base) {
        Words.putInt(bytes, base, count);
        int cursor = base + arrayFixedSize(count);
        int slot = base + arrayHeaderSize(count);
        for (int i = 0; i < count; i++) {
            if (vector.isNullAt(start + i)) {
                Words.setBit(bytes, base + ARRAY_HEADER, i);
            } else {
                cursor = writeElement(vector, start + i, bytes, slot, base, cursor);
            }
            slot += elementSize();
        }
        return cursor;
    }
}
