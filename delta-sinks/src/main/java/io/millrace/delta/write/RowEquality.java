package io.millrace.delta.write;

import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/** Whether rows of the same size whose bytes differ are equal nevertheless: maps have no order. */
final class RowEquality {

    private static final int SLOT = 8;

    private final boolean mayHold;
    private final RowNormalizer normalizer;
    private final RowDataSerializer one;
    private final RowDataSerializer other;

    private RowEquality(RowType type) {
        this.mayHold = RowNormalizer.hasMap(type);
        this.normalizer = RowNormalizer.of(type);
        this.one = new RowDataSerializer(type);
        this.other = new RowDataSerializer(type);
    }

    static RowEquality of(RowType type) {
        return new RowEquality(type);
    }

    boolean isEqual(BinaryRowData row, BinaryRowData same) {
        return mayHold && hasEqualSlots(row, same) && hasEqualEntries(row, same);
    }

    /** What stands in slots, or where and how long it is, does not depend on the order of maps. */
    private static boolean hasEqualSlots(BinaryRowData row, BinaryRowData same) {
        MemorySegment[] ours = row.getSegments();
        MemorySegment[] theirs = same.getSegments();
        if (ours.length > 1 || theirs.length > 1) {
            return true;
        }
        int header = BinaryRowData.calculateBitSetWidthInBytes(row.getArity());
        int size = header + SLOT * row.getArity();
        // The first byte is the kind of the row.
        return ours[0].equalTo(theirs[0], row.getOffset() + 1, same.getOffset() + 1, size - 1);
    }

    private boolean hasEqualEntries(BinaryRowData row, BinaryRowData same) {
        BinaryRowData normalized = one.toBinaryRow(normalizer.normalize(row));
        BinaryRowData normalizedSame = other.toBinaryRow(normalizer.normalize(same));
        normalized.setRowKind(normalizedSame.getRowKind());
        return normalized.equals(normalizedSame);
    }
}
