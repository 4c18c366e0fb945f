package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/**
 * The changes since the last flush, as what is left of them per key: at most one row that goes (the
 * pre-image) and one that comes (the post-image).
 *
 * <p>Counted: equal rows of a key are counted, +1 for an insert or post-image, -1 for a delete or
 * pre-image. The result does not depend on the order of arrival. At the end each key has at most
 * one row at -1 and one at +1; anything else is an error of the input. A row at 0 never was.
 *
 * <p>Last: for input that never retracts, the last row of a key in arrival order counts; the row
 * that goes is not known here.
 *
 * <p>Keys are numbered in the order in which they came. Not thread-safe.
 */
@Internal
public final class NetChangeBuffer {

    private static final int NONE = -1;

    private final KeyEncoder encoder;
    private final RowDataSerializer serializer;
    private final RowNormalizer normalizer;
    private final boolean counted;

    private final KeyIndex numbers = new KeyIndex();
    private final LongArrayList highs = new LongArrayList();
    private final LongArrayList lows = new LongArrayList();
    private final IntArrayList firstEntries = new IntArrayList();

    private final LongArrayList handles = new LongArrayList();
    private final IntArrayList sizes = new IntArrayList();
    private final IntArrayList counts = new IntArrayList();
    private final IntArrayList nextEntries = new IntArrayList();
    private final RowStore rows = new RowStore();

    private NetChangeBuffer(RowType rowType, KeyEncoder encoder, boolean counted) {
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.serializer = new RowDataSerializer(rowType);
        this.normalizer = RowNormalizer.of(rowType);
        this.counted = counted;
    }

    public static NetChangeBuffer counted(RowType rowType, KeyEncoder encoder) {
        return new NetChangeBuffer(rowType, encoder, true);
    }

    public static NetChangeBuffer last(RowType rowType, KeyEncoder encoder) {
        return new NetChangeBuffer(rowType, encoder, false);
    }

    /** Adds a change; its kind says which. The row is copied. */
    public void add(RowData change) {
        encoder.encode(change);
        int key = numberOf(encoder.high(), encoder.low());
        boolean comes =
                switch (change.getRowKind()) {
                    case INSERT, UPDATE_AFTER -> true;
                    case UPDATE_BEFORE, DELETE -> false;
                };
        if (!counted) {
            firstEntries.set(key, NONE);
        }
        if (counted || comes) {
            count(key, change, comes ? 1 : -1);
        }
    }

    /** Sets the row that the table has for a key; what the changes said of it is forgotten. */
    public void setPreImage(int key, RowData row) {
        int said = entry(key, -1);
        if (said != NONE) {
            counts.set(said, 0);
        }
        count(key, row, -1);
    }

    private int numberOf(long high, long low) {
        long known = numbers.get(high, low);
        if (known != KeyIndex.ABSENT) {
            return (int) known;
        }
        int key = highs.size();
        numbers.put(high, low, key);
        highs.add(high);
        lows.add(low);
        firstEntries.add(NONE);
        return key;
    }

    private void count(int key, RowData row, int change) {
        BinaryRowData binary = serializer.toBinaryRow(normalizer.normalize(row));
        int before = NONE;
        for (int e = firstEntries.getInt(key); e != NONE; e = nextEntries.getInt(e)) {
            if (rows.isEqual(handles.getLong(e), sizes.getInt(e), binary)) {
                counts.set(e, counts.getInt(e) + change);
                if (counts.getInt(e) == 0) {
                    unlink(key, before, e);
                }
                return;
            }
            before = e;
        }
        handles.add(rows.add(binary));
        sizes.add(binary.getSizeInBytes());
        counts.add(change);
        nextEntries.add(firstEntries.getInt(key));
        firstEntries.set(key, handles.size() - 1);
    }

    private void unlink(int key, int before, int entry) {
        if (before == NONE) {
            firstEntries.set(key, nextEntries.getInt(entry));
        } else {
            nextEntries.set(before, nextEntries.getInt(entry));
        }
    }

    public boolean isEmpty() {
        return highs.isEmpty();
    }

    /** How many keys have come, also those of which nothing is left. */
    public int keys() {
        return highs.size();
    }

    long high(int key) {
        return highs.getLong(key);
    }

    long low(int key) {
        return lows.getLong(key);
    }

    /** Whether rows that go are known from the input. */
    boolean isCounted() {
        return counted;
    }

    boolean hasPreImage(int key) {
        return entry(key, -1) != NONE;
    }

    boolean hasPostImage(int key) {
        return entry(key, 1) != NONE;
    }

    /** The row that goes; {@code reuse} points into the buffer. */
    Optional<RowData> preImage(int key, BinaryRowData reuse) {
        return row(entry(key, -1), reuse);
    }

    /** The row that comes; {@code reuse} points into the buffer. */
    Optional<RowData> postImage(int key, BinaryRowData reuse) {
        return row(entry(key, 1), reuse);
    }

    BinaryRowData newRow() {
        return new BinaryRowData(serializer.getArity());
    }

    private Optional<RowData> row(int entry, BinaryRowData reuse) {
        return entry == NONE
                ? Optional.empty()
                : Optional.of(rows.get(handles.getLong(entry), sizes.getInt(entry), reuse));
    }

    private int entry(int key, int sign) {
        for (int e = firstEntries.getInt(key); e != NONE; e = nextEntries.getInt(e)) {
            if (counts.getInt(e) * sign > 0) {
                return e;
            }
        }
        return NONE;
    }

    /**
     * Checks what is left of a key.
     *
     * @throws IllegalStateException if that is more than one row that goes and one that comes
     */
    void check(int key) {
        int come = 0;
        int go = 0;
        for (int e = firstEntries.getInt(key); e != NONE; e = nextEntries.getInt(e)) {
            come += Math.max(0, counts.getInt(e));
            go += Math.max(0, -counts.getInt(e));
        }
        if (come > 1 || go > 1) {
            throw new IllegalStateException(
                    "%s: cannot write key (%s): its changes leave %d rows that come and %d that go, where there is one of each at most: %s. Declare a key that no two rows of the query share."
                            .formatted(
                                    encoder.table(), describe(key), come, go, describeRows(key)));
        }
        if (come == 1 && go == 1 && !encoder.sameKey(row(key, -1), row(key, 1))) {
            throw new IllegalStateException(
                    "%s: cannot write the keys (%s) and (%s): they have the same hash. Declare another key, or add a column to it."
                            .formatted(
                                    encoder.table(),
                                    encoder.describe(row(key, -1)),
                                    encoder.describe(row(key, 1))));
        }
    }

    private RowData row(int key, int sign) {
        return row(entry(key, sign), newRow()).orElseThrow();
    }

    private String describe(int key) {
        int entry = firstEntries.getInt(key);
        return encoder.describe(row(entry, newRow()).orElseThrow());
    }

    private List<String> describeRows(int key) {
        List<String> texts = new ArrayList<>();
        for (int e = firstEntries.getInt(key); e != NONE; e = nextEntries.getInt(e)) {
            RowData row = row(e, newRow()).orElseThrow();
            texts.add("%+d %s".formatted(counts.getInt(e), encoder.describeRow(row)));
        }
        return texts;
    }

    /** Bytes of the rows that were added, also of those of which nothing is left. */
    public long sizeInBytes() {
        return rows.sizeInBytes();
    }

    public void clear() {
        numbers.clear();
        highs.clear();
        lows.clear();
        firstEntries.clear();
        handles.clear();
        sizes.clear();
        counts.clear();
        nextEntries.clear();
        rows.clear();
    }
}
