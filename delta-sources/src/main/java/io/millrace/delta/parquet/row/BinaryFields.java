package io.millrace.delta.parquet.row;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Some fields of binary rows, as binary rows of their own, byte by byte what Flink's {@code
 * RowDataSerializer} makes of them; copied without being looked into. Not thread-safe.
 */
@Internal
public final class BinaryFields {

    /** How a field's variable part is found. */
    private enum Form {
        /** There is none. */
        FIXED,
        /** None either where the slot's highest bit is set. */
        BYTES,
        /** Two words. */
        DECIMAL,
        /** A word; the slot has nanoseconds in the place of its length. */
        TIMESTAMP,
        /** As long as the slot says. */
        REFERENCE
    }

    private final int[] fields;
    private final Form[] forms;
    private final int fromNullBytes;
    private final int nullBytes;
    private final int fixedSize;
    private final BinaryRowData scratchRow;

    private byte[] scratch = {};
    private MemorySegment scratchSegment = MemorySegmentFactory.wrap(scratch);

    /**
     * @param types of all fields of the rows
     * @param fields positions of those wanted, in their new order
     */
    public BinaryFields(List<LogicalType> types, int... fields) {
        this.fields = fields.clone();
        this.forms = new Form[fields.length];
        for (int i = 0; i < fields.length; i++) {
            forms[i] = form(types.get(fields[i]));
        }
        this.fromNullBytes = BinaryRowData.calculateBitSetWidthInBytes(types.size());
        this.nullBytes = BinaryRowData.calculateBitSetWidthInBytes(fields.length);
        this.fixedSize = BinaryRowData.calculateFixPartSizeInBytes(fields.length);
        this.scratchRow = new BinaryRowData(fields.length);
    }

    private static Form form(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, DATE, BIGINT, FLOAT, DOUBLE -> Form.FIXED;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Form.BYTES;
            case DECIMAL ->
                    DecimalData.isCompact(((DecimalType) type).getPrecision())
                            ? Form.FIXED
                            : Form.DECIMAL;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    TimestampData.isCompact(LogicalTypeChecks.getPrecision(type))
                            ? Form.FIXED
                            : Form.TIMESTAMP;
            case ARRAY, MAP, ROW, VARIANT -> Form.REFERENCE;
            default -> throw new IllegalArgumentException("no rows are made of type " + type);
        };
    }

    /** The fields in memory of their own, with the kind of the row. */
    public BinaryRowData copyOf(BinaryRowData row) {
        BinaryRowData from = inOneArray(row);
        byte[] bytes = from.getSegments()[0].getArray();
        int size = size(bytes, from.getOffset());
        byte[] copy = new byte[size];
        write(bytes, from.getOffset(), copy);
        copy[0] = bytes[from.getOffset()];
        BinaryRowData result = new BinaryRowData(fields.length);
        result.pointTo(MemorySegmentFactory.wrap(copy), 0, size);
        return result;
    }

    /** The hash code that the fields have as a row of their own, of the kind insert. */
    public int hash(BinaryRowData row) {
        BinaryRowData from = inOneArray(row);
        byte[] bytes = from.getSegments()[0].getArray();
        int size = size(bytes, from.getOffset());
        if (scratch.length < size) {
            scratch = new byte[size + (size >> 1)];
            scratchSegment = MemorySegmentFactory.wrap(scratch);
        }
        for (int i = 0; i < nullBytes; i += 8) {
            Words.putLong(scratch, i, 0);
        }
        write(bytes, from.getOffset(), scratch);
        scratchRow.pointTo(scratchSegment, 0, size);
        return scratchRow.hashCode();
    }

    private static BinaryRowData inOneArray(BinaryRowData row) {
        MemorySegment[] segments = row.getSegments();
        return segments.length == 1 && !segments[0].isOffHeap() ? row : row.copy();
    }

    private int size(byte[] from, int base) {
        int size = fixedSize;
        for (int i = 0; i < fields.length; i++) {
            if (forms[i] != Form.FIXED && !isNull(from, base, fields[i])) {
                size += variableSize(forms[i], slot(from, base, fields[i]));
            }
        }
        return size;
    }

    private static int variableSize(Form form, long slot) {
        return switch (form) {
            case FIXED -> 0;
            case BYTES -> slot < 0 ? 0 : Words.rounded((int) slot);
            case DECIMAL -> 16;
            case TIMESTAMP -> 8;
            case REFERENCE -> Words.rounded((int) slot);
        };
    }

    /** The null bits are clear yet. */
    private void write(byte[] from, int base, byte[] to) {
        int cursor = fixedSize;
        for (int i = 0; i < fields.length; i++) {
            int at = nullBytes + 8 * i;
            if (isNull(from, base, fields[i])) {
                ValueWriter.setNull(to, 0, i);
                Words.putLong(to, at, 0);
                continue;
            }
            long slot = slot(from, base, fields[i]);
            int size = variableSize(forms[i], slot);
            if (size > 0) {
                System.arraycopy(from, base + (int) (slot >>> 32), to, cursor, size);
                slot = (long) cursor << 32 | (slot & 0xFFFF_FFFFL);
                cursor += size;
            }
            Words.putLong(to, at, slot);
        }
    }

    private static boolean isNull(byte[] bytes, int base, int field) {
        int bit = field + BinaryRowData.HEADER_SIZE_IN_BITS;
        return (bytes[base + (bit >>> 3)] & 1 << (bit & 7)) != 0;
    }

    private long slot(byte[] bytes, int base, int field) {
        return Words.getLong(bytes, base + fromNullBytes + 8 * field);
    }
}
