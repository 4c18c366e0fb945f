package io.millrace.delta.parquet.row;

import org.apache.flink.table.data.binary.BinarySection;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Types whose values are a variable part, whatever their size. */
abstract class ReferenceWriter extends ValueWriter {

    @Override
    final int elementSize() {
        return 8;
    }

    @Override
    final boolean isVariable() {
        return true;
    }

    /** Size of a value that is not null, not rounded. */
    abstract int size(ColumnVector vector, int index);

    /**
     * Writes a value that is not null.
     *
     * @return where it ends
     */
    abstract int writePart(ColumnVector vector, int index, byte[] bytes, int cursor);

    @Override
    final int variableSize(ColumnVector vector, int index) {
        return Words.rounded(size(vector, index));
    }

    @Override
    final int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
        int size = writePart(vector, index, bytes, cursor) - cursor;
        Words.putReference(bytes, slot, cursor - base, size);
        return cursor + Words.rounded(size);
    }

    /** Copies a value that Flink has written. */
    static int copy(BinarySection value, byte[] bytes, int cursor) {
        value.getSegments()[0].get(value.getOffset(), bytes, cursor, value.getSizeInBytes());
        return cursor + value.getSizeInBytes();
    }
}
