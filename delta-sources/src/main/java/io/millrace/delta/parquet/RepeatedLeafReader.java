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
        int i = next;
        while (i < end) {
            if (repetition[i] == 0) {
                if (nextRow >= target) {
                    return i;
                }
                nextRow++;
            }
            i++;
        }
        return i;
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
        boolean[] nulls = vector.nulls();
        int slot = slots;
        int present = 0;
        for (int i = from; i < to; i++) {
            int definition = pageDefinition[i];
            if (definition >= slotDefinition) {
                if (definition == maxDefinition) {
                    present++;
                } else {
                    nulls[slot] = true;
                }
                slot++;
            }
        }
        values.read(vector, slots, present);
        vector.spread(slots, present, slot - slots);
        slots = slot;
    }

    private void skip(int from, int to) {
        int present = 0;
        for (int i = from; i < to; i++) {
            present += pageDefinition[i] == maxDefinition ? 1 : 0;
        }
        values.skip(present);
    }
}
