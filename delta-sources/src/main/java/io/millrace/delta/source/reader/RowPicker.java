package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.table.RowPositions;
import java.util.Optional;
import java.util.PrimitiveIterator;

/** Picks the rows of a file, in its order, whose positions are marked, or those that are not. */
final class RowPicker {

    private static final long NONE = Long.MAX_VALUE;

    private final boolean pickMarked;
    private final PrimitiveIterator.OfLong marks;

    private long nextMark;

    private RowPicker(boolean pickMarked, RowPositions marked) {
        this.pickMarked = pickMarked;
        this.marks = requireNonNull(marked, "marked is null").iterator();
        this.nextMark = following();
    }

    static RowPicker only(RowPositions marked) {
        return new RowPicker(true, marked);
    }

    static RowPicker except(Optional<RowPositions> marked) {
        return new RowPicker(false, marked.orElseGet(RowPositions::new));
    }

    /**
     * Picks from the next rows of the file.
     *
     * @param into takes the indexes of the rows in the batch
     * @return how many they are
     */
    int pick(ColumnBatch batch, int[] into) {
        int rows = batch.rows();
        int count = 0;
        for (int row = 0; row < rows; row++) {
            long position = batch.position(row);
            while (nextMark < position) {
                nextMark = following();
            }
            if ((nextMark == position) == pickMarked) {
                into[count++] = row;
            }
        }
        return count;
    }

    private long following() {
        return marks.hasNext() ? marks.nextLong() : NONE;
    }
}
