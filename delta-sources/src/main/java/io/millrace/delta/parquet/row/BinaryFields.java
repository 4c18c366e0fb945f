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
 * Some fields of binary rows and of rows inside of them, as binary rows of their own, byte by byte
 * what Flink's {@code RowDataSerializer} makes of them; copied without being looked into. Not
 * thread-safe.
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

    private static final int ABSENT = -1;
    private static final byte[] ELSEWHERE = {};

    private final int[][] paths;
    private final Form[] forms;

    /** For each step of each path, those of the row that it is in. */
    private final int[][] pathNullBytes;

    /** Where the rows begin that the fields are in, in the row at hand. */
    private final int[] bases;

    private final int nullBytes;
    private final int fixedSize;
    private final BinaryRowData scratchRow;

    /** Bytes of the fields behind those wanted, where these are all but the last; else 0. */
    private final int cut;

    private byte[] scratch = {};
    private MemorySegment scratchSegment = MemorySegmentFactory.wrap(scratch);

    /**
     * @param types of all fields of the rows
     * @param paths positions that lead to each of those wanted, in their new order; it is null
     *     where a row on the way is
     */
    public BinaryFields(List<LogicalType> types, List<int[]> paths) {
        this.paths = paths.stream().map(int[]::clone).toArray(int[][]::new);
        this.forms = new Form[paths.size()];
        this.pathNullBytes = new int[paths.size()][];
        this.bases = new int[paths.size()];
        for (int i = 0; i < forms.length; i++) {
            List<LogicalType> row = types;
            pathNullBytes[i] = new int[this.paths[i].length];
            for (int level = 0; level < pathNullBytes[i].length; level++) {
                LogicalType type = row.get(this.paths[i][level]);
                pathNullBytes[i][level] = BinaryRowData.calculateBitSetWidthInBytes(row.size());
                forms[i] = form(type);
                row = type.getChildren();
            }
        }
        this.nullBytes = BinaryRowData.calculateBitSetWidthInBytes(forms.length);
        this.fixedSize = BinaryRowData.calculateFixPartSizeInBytes(forms.length);
        this.scratchRow = new BinaryRowData(forms.length);
        this.cut = isStart(types) ? Long.BYTES * (types.size() - forms.length) : 0;
    }

    /**
     * Whether the fields are the first ones, and those behind have no variable part and no null.
     */
    private boolean isStart(List<LogicalType> types) {
        for (int i = 0; i < paths.length; i++) {
            if (paths[i].length > 1 || paths[i][0] != i) {
                return false;
            }
        }
        return nullBytes == BinaryRowData.calculateBitSetWidthInBytes(types.size())
                && types.subList(paths.length, types.size()).stream()
                        .allMatch(type -> !type.isNullable() && form(type) == Form.FIXED);
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
        byte[] copy = start(bytes, from.getOffset(), from.getSizeInBytes());
        if (copy == ELSEWHERE) {
            copy = new byte[size(bytes, from.getOffset())];
            write(bytes, copy);
            copy[0] = bytes[from.getOffset()];
        }
        BinaryRowData result = new BinaryRowData(forms.length);
        result.pointTo(MemorySegmentFactory.wrap(copy), 0, copy.length);
        return result;
    }

    /** The first fields in two pieces, if they lie as they shall; else {@link #ELSEWHERE}. */
    private byte[] start(byte[] from, int base, int size) {
        if (cut == 0) {
            return ELSEWHERE;
        }
        byte[] copy = new byte[size - cut];
        System.arraycopy(from, base, copy, 0, fixedSize);
        System.arraycopy(from, base + fixedSize + cut, copy, fixedSize, copy.length - fixedSize);
        for (int i = 0; i < forms.length; i++) {
            int at = nullBytes + Long.BYTES * i;
            long slot = forms[i] == Form.FIXED ? 0 : Words.getLong(copy, at);
            if (slot > 0) {
                if (isNull(copy, 0, i)) {
                    // Room that a writer has left for a value to come.
                    return ELSEWHERE;
                }
                Words.putLong(copy, at, slot - ((long) cut << Integer.SIZE));
            }
        }
        return copy;
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
        write(bytes, scratch);
        scratchRow.pointTo(scratchSegment, 0, size);
        return scratchRow.hashCode();
    }

    private static BinaryRowData inOneArray(BinaryRowData row) {
        MemorySegment[] segments = row.getSegments();
        return segments.length == 1 && !segments[0].isOffHeap() ? row : row.copy();
    }

    /** Also finds the rows that the fields are in. */
    private int size(byte[] from, int base) {
        int size = fixedSize;
        for (int i = 0; i < forms.length; i++) {
            bases[i] = base(from, base, i);
            if (forms[i] != Form.FIXED && bases[i] != ABSENT) {
                size += variableSize(forms[i], slot(from, bases[i], i, paths[i].length - 1));
            }
        }
        return size;
    }

    /** Where the row begins that a field is in; absent where the field or a row is null. */
    private int base(byte[] from, int outermost, int field) {
        int base = outermost;
        int[] path = paths[field];
        for (int level = 0; level < path.length; level++) {
            if (isNull(from, base, path[level])) {
                return ABSENT;
            }
            if (level < path.length - 1) {
                base += (int) (slot(from, base, field, level) >>> 32);
            }
        }
        return base;
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

    /** The null bits are clear yet, and the rows found. */
    private void write(byte[] from, byte[] to) {
        int cursor = fixedSize;
        for (int i = 0; i < forms.length; i++) {
            int at = nullBytes + 8 * i;
            if (bases[i] == ABSENT) {
                ValueWriter.setNull(to, 0, i);
                Words.putLong(to, at, 0);
                continue;
            }
            long slot = slot(from, bases[i], i, paths[i].length - 1);
            int size = variableSize(forms[i], slot);
            if (size > 0) {
                System.arraycopy(from, bases[i] + (int) (slot >>> 32), to, cursor, size);
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

    private long slot(byte[] bytes, int base, int field, int level) {
        return Words.getLong(bytes, base + pathNullBytes[field][level] + 8 * paths[field][level]);
    }
}
