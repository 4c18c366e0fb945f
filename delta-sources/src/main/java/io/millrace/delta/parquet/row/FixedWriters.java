package io.millrace.delta.parquet.row;

import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;

/** Types whose values stand in their slot. */
final class FixedWriters {

    private FixedWriters() {}

    private abstract static class FixedWriter extends ValueWriter {

        private final int size;

        FixedWriter(int size) {
            this.size = size;
        }

        @Override
        final int elementSize() {
            return size;
        }

        @Override
        final boolean isVariable() {
            return false;
        }
    }

    static final class OfBooleans extends FixedWriter {

        OfBooleans() {
            super(1);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            bytes[slot] = (byte) (((BooleanColumnVector) vector).getBoolean(index) ? 1 : 0);
            return cursor;
        }
    }

    static final class OfBytes extends FixedWriter {

        OfBytes() {
            super(1);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            bytes[slot] = ((ByteColumnVector) vector).getByte(index);
            return cursor;
        }
    }

    static final class OfShorts extends FixedWriter {

        OfShorts() {
            super(2);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            Words.putShort(bytes, slot, ((ShortColumnVector) vector).getShort(index));
            return cursor;
        }
    }

    /** Also dates. */
    static final class OfInts extends FixedWriter {

        OfInts() {
            super(4);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            Words.putInt(bytes, slot, ((IntColumnVector) vector).getInt(index));
            return cursor;
        }

        @Override
        void writeColumn(ColumnVector vector, RowBlock block, int field, int slotOffset) {
            IntColumnVector ints = (IntColumnVector) vector;
            byte[] bytes = block.bytes();
            int[] rows = block.rows();
            int[] starts = block.starts();
            int from = block.from();
            for (int i = 0; i < block.count(); i++) {
                int row = rows[from + i];
                if (ints.isNullAt(row)) {
                    setNull(bytes, starts[i], field);
                } else {
                    Words.putInt(bytes, starts[i] + slotOffset, ints.getInt(row));
                }
            }
        }
    }

    static final class OfLongs extends FixedWriter {

        OfLongs() {
            super(8);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            Words.putLong(bytes, slot, ((LongColumnVector) vector).getLong(index));
            return cursor;
        }

        @Override
        void writeColumn(ColumnVector vector, RowBlock block, int field, int slotOffset) {
            LongColumnVector longs = (LongColumnVector) vector;
            byte[] bytes = block.bytes();
            int[] rows = block.rows();
            int[] starts = block.starts();
            int from = block.from();
            for (int i = 0; i < block.count(); i++) {
                int row = rows[from + i];
                if (longs.isNullAt(row)) {
                    setNull(bytes, starts[i], field);
                } else {
                    Words.putLong(bytes, starts[i] + slotOffset, longs.getLong(row));
                }
            }
        }
    }

    static final class OfFloats extends FixedWriter {

        OfFloats() {
            super(4);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            float value = ((FloatColumnVector) vector).getFloat(index);
            Words.putInt(bytes, slot, Float.floatToRawIntBits(value));
            return cursor;
        }

        /** Arrays have but one NaN. */
        @Override
        int writeElement(
                ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            float value = ((FloatColumnVector) vector).getFloat(index);
            Words.putInt(bytes, slot, Float.floatToIntBits(value));
            return cursor;
        }
    }

    static final class OfDoubles extends FixedWriter {

        OfDoubles() {
            super(8);
        }

        @Override
        int write(ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            double value = ((DoubleColumnVector) vector).getDouble(index);
            Words.putLong(bytes, slot, Double.doubleToRawLongBits(value));
            return cursor;
        }

        /** Arrays have but one NaN. */
        @Override
        int writeElement(
                ColumnVector vector, int index, byte[] bytes, int slot, int base, int cursor) {
            double value = ((DoubleColumnVector) vector).getDouble(index);
            Words.putLong(bytes, slot, Double.doubleToLongBits(value));
            return cursor;
        }
    }
}
