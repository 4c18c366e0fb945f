package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.ParquetDecodingException;

/** A leaf inside of lists or maps: a row has one level or more, its vector the elements of all. */
final class RepeatedLeafReader extends LeafReader {

    private final int maxDefinition;
    private final int slotDefinition;

    private int[] pageRepetition = {};
    private int[] pageDefinition = {};
    private ValueDecoder values;
    private int next;
    private int end;
    private long nextRow;
    private int slots;

    RepeatedLeafReader(ColumnDescriptor column, LeafKind kind, int slotDefinition) {
        super(column, kind);
        this.maxDefinition = column.getMaxDefinitionLevel();
        this.slotDefinition = slotDefinition;
    }

    @Override
    void open(PageReadStore rowGroup) {
        super.open(rowGroup);
        next = 0;
        end = 0;
        nextRow = 0;
    }

    @Override
    void read(long row, int count) {
        vector().reset();
        setLevelCount(0);
        slots = 0;
        skipTo(row);
        advance(row + count, true);
    }

    private void skipTo(long row) {
        if (nextRow < row) {
            advance(row, false);
        }
    }

    /** Reads or skips all levels up to where row {@code target} begins. */
    private void advance(long target, boolean keep) {
        while (true) {
            if (next == end && !openPage()) {
                break;
            }
            int from = next;
            next = rowBegin(target);
            if (keep) {
                keep(from, next);
            } else if (next < end) {
                skip(from, next);
            }
            if (next < end) {
                return;
            }
        }
        if (nextRow < target) {
            throw new ParquetDecodingException("the column has too few values");
        }
    }

    /** The position of the level that begins row {@code target} or a later one, or the end. */
    private int rowBegin(long target) {
        int[] repetition = pageRepetition;
        long wanted = Math.max(0, target - nextRow);
        long left = wanted;
        for (int i = next; i < end; i++) {
            // Without a branch: whether a level begins a row cannot be foreseen.
            left -= (repetition[i] - 1) >>> (Integer.SIZE - 1);
            if (left < 0) {
                nextRow += wanted;
                return i;
            }
        }
        nextRow += wanted - left;
        return end;
    }

    private boolean openPage() {
        Optional<Page> opened = nextPage();
        if (opened.isEmpty()) {
            return false;
        }
        Page page = opened.get();
        next = 0;
        end = page.levels();
        if (pageRepetition.length < end) {
            pageRepetition = new int[end];
            pageDefinition = new int[end];
        }
        page.repetition().orElseThrow().read(pageRepetition, 0, end);
        page.definition().orElseThrow().read(pageDefinition, 0, end);
        values = page.values();
        nextRow = page.firstRow().orElse(nextRow);
        return true;
    }

    private void keep(int from, int to) {
        int count = to - from;
        ensureLevels(levelCount() + count, true);
        System.arraycopy(pageRepetition, from, repetition(), levelCount(), count);
        System.arraycopy(pageDefinition, from, definition(), levelCount(), count);
        setLevelCount(levelCount() + count);

        DecodedVector vector = vector();
        vector.ensureCapacity(slots + count);
        int[] definition = pageDefinition;
        int present = 0;
        int total = 0;
        for (int i = from; i < to; i++) {
            present += definition[i] == maxDefinition ? 1 : 0;
            total += definition[i] >= slotDefinition ? 1 : 0;
        }
        if (present < total) {
            markNulls(from, to);
        }
        values.read(vector, slots, present);
        vector.spread(slots, present, total);
        slots += total;
    }

    private void markNulls(int from, int to) {
        boolean[] nulls = vector().nulls();
        int slot = slots;
        for (int i = from; i < to; i++) {
            if (pageDefinition[i] >= slotDefinition) {
                nulls[slot++] = pageDefinition[i] < maxDefinition;
            }
        }
    }

    private void skip(int from, int to) {
        int present = 0;
        for (int i = from; i < to; i++) {
            present += pageDefinition[i] == maxDefinition ? 1 : 0;
        }
        values.skip(present);
    }
}
