package io.millrace.delta.write.page;

import static java.util.Objects.requireNonNull;

import java.nio.ByteOrder;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinarySection;

/**
 * Copies values out of rows and arrays in Flink's binary format: each has 8 bytes in a fixed part,
 * which are the value or say where in the variable part it stands. Others go through their getters.
 */
final class BinaryValues implements LeafValue {

    /** A value of up to 7 bytes stands in the fixed part itself, its length in the highest byte. */
    private static final long INLINE = 1L << 63;

    private static final int INLINE_LENGTH_SHIFT = 56;
    private static final int INLINE_LENGTH_MASK = 0x7f;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final LeafValue objects;
    private final Copy copy;

    /** Appends a value of a section that lies in one segment. */
    @FunctionalInterface
    interface Copy {
        /**
         * @param field the 8 bytes in the fixed part
         * @param position of the field, for messages
         */
        void put(BinarySection section, long field, int position, ByteSink out);
    }

    BinaryValues(LeafValue objects, Copy copy) {
        this.objects = requireNonNull(objects, "objects is null");
        this.copy = requireNonNull(copy, "copy is null");
    }

    @Override
    public void put(RowData row, int position, ByteSink out) {
        if (row instanceof BinarySection section && isPlain(section)) {
            copy.put(section, row.getLong(position), position, out);
        } else {
            objects.put(row, position, out);
        }
    }

    @Override
    public void put(ArrayData array, int position, ByteSink out) {
        if (array instanceof BinarySection section && isPlain(section)) {
            copy.put(section, array.getLong(position), position, out);
        } else {
            objects.put(array, position, out);
        }
    }

    private static boolean isPlain(BinarySection section) {
        return LITTLE_ENDIAN && section.getSegments().length == 1;
    }

    /** A text or binary with its length before it. */
    static void bytes(BinarySection section, long field, int position, ByteSink out) {
        if ((field & INLINE) != 0) {
            int length = (int) (field >>> INLINE_LENGTH_SHIFT) & INLINE_LENGTH_MASK;
            out.putInt(length);
            out.putLowBytes(field, length);
        } else {
            int length = (int) field;
            out.putInt(length);
            copy(section, (int) (field >>> Integer.SIZE), length, out);
        }
    }

    /** Microseconds of a timestamp with nanoseconds in the fixed part. */
    static void micros(BinarySection section, long field, int position, ByteSink out) {
        MemorySegment segment = section.getSegments()[0];
        long millis = segment.getLong(section.getOffset() + (int) (field >>> Integer.SIZE));
        int nanos = (int) field;
        out.putLong(Timestamps.micros(millis, nanos));
    }

    /** A decimal of more than 18 digits, as big-endian two's complement of {@code length} bytes. */
    static void unscaled(BinarySection section, long field, int length, ByteSink out) {
        int given = (int) field;
        int offset = (int) (field >>> Integer.SIZE);
        byte first = section.getSegments()[0].get(section.getOffset() + offset);
        extendSign(first, length - given, out);
        copy(section, offset, given, out);
    }

    static void extendSign(byte first, int count, ByteSink out) {
        int sign = first < 0 ? -1 : 0;
        for (int i = 0; i < count; i++) {
            out.putByte(sign);
        }
    }

    private static void copy(BinarySection section, int offset, int length, ByteSink out) {
        int at = out.advance(length);
        section.getSegments()[0].get(section.getOffset() + offset, out.data(), at, length);
    }
}
