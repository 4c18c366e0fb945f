package io.millrace.delta.parquet.row;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.types.RowKind;

/**
 * Binary rows that lie one behind the other in a buffer. Filled again and again; whoever holds a
 * row that points here holds it only until then.
 */
@Internal
public final class EncodedRows {

    private final int arity;
    private final int nullBytes;

    private byte[] bytes = {};
    private MemorySegment segment = MemorySegmentFactory.wrap(bytes);

    /** Where each row begins, and where the last one ends. */
    private int[] starts = {0};

    private int count;

    /**
     * @param arity number of fields of a row
     */
    public EncodedRows(int arity) {
        this.arity = arity;
        this.nullBytes = BinaryRowData.calculateBitSetWidthInBytes(arity);
    }

    public int count() {
        return count;
    }

    public int arity() {
        return arity;
    }

    /** No rows. */
    public void clear() {
        count = 0;
    }

    public int sizeInBytes() {
        return count == 0 ? 0 : starts[count];
    }

    /** Lets {@code row} be the row {@code index}. */
    public void point(BinaryRowData row, int index) {
        row.pointTo(segment, starts[index], starts[index + 1] - starts[index]);
    }

    public void setKind(int index, RowKind kind) {
        bytes[starts[index]] = kind.toByteValue();
    }

    public void setLong(int index, int field, long value) {
        Words.putLong(bytes, slot(index, field), value);
    }

    public void setByte(int index, int field, byte value) {
        bytes[slot(index, field)] = value;
    }

    private int slot(int index, int field) {
        return starts[index] + nullBytes + 8 * field;
    }

    /** Room for {@code rows} rows of the given sizes, all zero. */
    void layOut(int[] sizes, int rows) {
        if (starts.length <= rows) {
            starts = new int[rows + 1];
        }
        int end = 0;
        for (int i = 0; i < rows; i++) {
            starts[i] = end;
            end += sizes[i];
        }
        starts[rows] = end;
        count = rows;
        if (bytes.length < end) {
            bytes = new byte[end + (end >> 2)];
            segment = MemorySegmentFactory.wrap(bytes);
        } else {
            Arrays.fill(bytes, 0, end, (byte) 0);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int[] starts() {
        return starts;
    }

    int nullBytes() {
        return nullBytes;
    }
}
