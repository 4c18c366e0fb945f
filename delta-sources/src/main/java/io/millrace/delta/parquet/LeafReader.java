package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.vector.DecodedVector;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.ParquetDecodingException;

/** Reads the values and levels of one leaf column, over all row groups of a file. */
abstract class LeafReader {

    private final ColumnDescriptor column;
    private final LeafKind kind;

    private DecodedVector vector;
    private PageCursor pages;

    /** How many levels {@link #repetition} and {@link #definition} hold. */
    private int levelCount;

    private int[] repetition = {};
    private int[] definition = {};

    LeafReader(ColumnDescriptor column, LeafKind kind) {
        this.column = requireNonNull(column, "column is null");
        this.kind = requireNonNull(kind, "kind is null");
        this.vector = newVector();
    }

    /**
     * @param slotDefinition definition level from which on there is a position in the vector: that
     *     of the innermost repeated field around, 0 without one
     * @param definitionsNeeded whether somebody asks for the definition levels
     */
    static LeafReader of(
            ColumnDescriptor column, LeafKind kind, int slotDefinition, boolean definitionsNeeded) {
        return column.getMaxRepetitionLevel() > 0
                ? new RepeatedLeafReader(column, kind, slotDefinition)
                : new FlatLeafReader(column, kind, definitionsNeeded);
    }

    final ColumnDescriptor column() {
        return column;
    }

    final DecodedVector vector() {
        return vector;
    }

    /** A vector that this reader could fill. */
    final DecodedVector newVector() {
        return kind.newVector(0);
    }

    /** From now on fills this one. */
    final void fill(DecodedVector other) {
        vector = requireNonNull(other, "other is null");
    }

    /** Goes to another row group. */
    void open(PageReadStore rowGroup) {
        pages = new PageCursor(column, kind, rowGroup.getPageReader(column));
    }

    /**
     * Fills the vector with {@code count} rows from {@code row} on.
     *
     * @param row in the row group; not before the end of the rows read last
     */
    abstract void read(long row, int count);

    final Optional<Page> nextPage() {
        return pages.next();
    }

    final Page pageOfMore() {
        return nextPage()
                .orElseThrow(() -> new ParquetDecodingException("the column has too few values"));
    }

    final int levelCount() {
        return levelCount;
    }

    final void setLevelCount(int count) {
        levelCount = count;
    }

    /** Repetition levels of the rows read last; empty in a column without repetition. */
    final int[] repetition() {
        return repetition;
    }

    final int[] definition() {
        return definition;
    }

    final void ensureLevels(int capacity, boolean repeats) {
        if (definition.length < capacity) {
            int longer = Math.max(capacity, definition.length * 2);
            definition = Arrays.copyOf(definition, longer);
            if (repeats) {
                repetition = Arrays.copyOf(repetition, longer);
            }
        }
    }
}
