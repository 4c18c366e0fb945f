package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;

/** A leaf without repetition: one level and one position in the vector for each row. */
final class FlatLeafReader extends LeafReader {

    private final int maxDefinition;
    private final boolean definitionsNeeded;

    private Optional<LevelReader> levels = Optional.empty();
    private ValueDecoder values;
    private int leftInPage;
    private long nextRow;
    private int[] skippedLevels = {};

    FlatLeafReader(ColumnDescriptor column, LeafKind kind, boolean definitionsNeeded) {
        super(column, kind);
        this.maxDefinition = column.getMaxDefinitionLevel();
        this.definitionsNeeded = definitionsNeeded || maxDefinition > 1;
    }

    @Override
    void open(PageReadStore rowGroup) {
        super.open(rowGroup);
        leftInPage = 0;
        nextRow = 0;
    }

    @Override
    void read(long row, int count) {
        DecodedVector vector = vector();
        vector.reset();
        vector.ensureCapacity(count);
        if (definitionsNeeded) {
            ensureLevels(count, false);
        }
        setLevelCount(count);
        skipTo(row);
        int done = 0;
        while (done < count) {
            if (leftInPage == 0) {
                openPage();
            }
            int n = Math.min(count - done, leftInPage);
            int present = presence(done, n);
            values.read(vector, done, present);
            vector.spread(done, present, n);
            passed(n);
            done += n;
        }
    }

    private int presence(int at, int count) {
        if (levels.isEmpty()) {
            return count;
        }
        LevelReader reader = levels.get();
        boolean[] nulls = vector().nulls();
        if (!definitionsNeeded) {
            return reader.readPresence(nulls, at, count);
        }
        int[] definition = definition();
        reader.read(definition, at, count);
        int present = 0;
        for (int i = at; i < at + count; i++) {
            boolean isNull = definition[i] < maxDefinition;
            nulls[i] = isNull;
            present += isNull ? 0 : 1;
        }
        return present;
    }

    private void skipTo(long row) {
        while (nextRow < row) {
            if (leftInPage == 0) {
                openPage();
                continue;
            }
            int n = (int) Math.min(row - nextRow, leftInPage);
            if (n < leftInPage) {
                values.skip(skippedPresence(n));
            }
            passed(n);
        }
    }

    private int skippedPresence(int count) {
        if (levels.isEmpty()) {
            return count;
        }
        if (skippedLevels.length < count) {
            skippedLevels = new int[count];
        }
        levels.get().read(skippedLevels, 0, count);
        int present = 0;
        for (int i = 0; i < count; i++) {
            present += skippedLevels[i] == maxDefinition ? 1 : 0;
        }
        return present;
    }

    private void openPage() {
        Page page = pageOfMore();
        levels = page.definition();
        values = page.values();
        leftInPage = page.levels();
        nextRow = page.firstRow().orElse(nextRow);
    }

    private void passed(int rows) {
        leftInPage -= rows;
        nextRow += rows;
    }
}
