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

    // Two longs and an int in arrays that grow by half.
    private static final long BYTES_PER_KEY = 30;

    private final KeyEncoder encoder;
    private final RowDataSerializer serializer;
    private final RowEquality equality;
    private final boolean counted;

    private final KeyIndex numbers = new KeyIndex();
    private final LongArrayList highs = new LongArrayList();
    private final LongArrayList lows = new LongArrayList();
    private final IntArrayList firstEntries = new IntArrayList();

    private final NetChangeEntries entries = new NetChangeEntries();
    private final RowStore rows = new RowStore();
    private final BinaryRowData compared;

    private NetChangeBuffer(RowType rowType, KeyEncoder encoder, boolean counted) {
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.serializer = new RowDataSerializer(rowType);
        this.equality = RowEquality.of(rowType);
        this.counted = counted;
        this.compared = newRow();
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
            entries.setCount(said, 0);
        }
        count(key, row, -1);
    }

    /**
     * Makes the row that comes for a key whole.
     *
     * @param before the row that the table has
     */
    void complete(int key, RowData before, PartialRows partial) {
        Optional<RowData> comes = postImage(key, compared);
        if (comes.isPresent()) {
            RowData whole = partial.merge(before, comes.get());
            firstEntries.set(key, NONE);
            count(key, whole, 1);
        }
    }

    private int numberOf(long high, long low) {
        int key = highs.size();
        long known = numbers.putIfAbsent(high, low, key);
        if (known != KeyIndex.ABSENT) {
            return (int) known;
        }
        highs.add(high);
        lows.add(low);
        firstEntries.add(NONE);
        return key;
    }

    private void count(int key, RowData row, int change) {
        count(key, serializer.toBinaryRow(row), change);
    }

    private void count(int key, BinaryRowData binary, int change) {
        int before = NONE;
        for (int e = firstEntries.getInt(key); e != NONE; e = entries.next(e)) {
            if (isEqual(e, binary)) {
                int count = entries.count(e) + change;
                entries.setCount(e, count);
                if (count == 0) {
                    unlink(key, before, e);
                }
                return;
            }
            before = e;
        }
        int size = binary.getSizeInBytes();
        firstEntries.set(
                key, entries.add(rows.add(binary), size, change, firstEntries.getInt(key)));
    }

    private boolean isEqual(int entry, BinaryRowData row) {
        int size = entries.size(entry);
        long handle = entries.handle(entry);
        return size == row.getSizeInBytes()
                && (rows.isEqual(handle, size, row)
                        || equality.isEqual(rows.get(handle, size, compared), row));
    }

    private void unlink(int key, int before, int entry) {
        if (before == NONE) {
            firstEntries.set(key, entries.next(entry));
        } else {
            entries.setNext(before, entries.next(entry));
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
                : Optional.of(rows.get(entries.handle(entry), entries.size(entry), reuse));
    }

    private int entry(int key, int sign) {
        for (int e = firstEntries.getInt(key); e != NONE; e = entries.next(e)) {
            if (entries.count(e) * sign > 0) {
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
        for (int e = firstEntries.getInt(key); e != NONE; e = entries.next(e)) {
            come += Math.max(0, entries.count(e));
            go += Math.max(0, -entries.count(e));
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

    /** Of a key for which a row comes although another is there, which does not go. */
    IllegalStateException secondRow(int key) {
        return new IllegalStateException(
                "%s: cannot write key (%s): its row %s is there since an earlier checkpoint, and %s comes without that one going. Declare a key that no two rows of the query share, or set 'sink.input' = 'upsert' if the last of them is to count."
                        .formatted(
                                encoder.table(),
                                describe(key),
                                encoder.describeRow(row(key, -1)),
                                encoder.describeRow(row(key, 1))));
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
        for (int e = firstEntries.getInt(key); e != NONE; e = entries.next(e)) {
            RowData row = row(e, newRow()).orElseThrow();
            texts.add("%+d %s".formatted(entries.count(e), encoder.describeRow(row)));
        }
        return texts;
    }

    /** Takes in what another buffer of this kind gave away. */
    void take(NetChange change) {
        int key = numberOf(change.high(), change.low());
        if (!counted) {
            firstEntries.set(key, NONE);
        }
        if (change.count() != 0) {
            count(key, change.row(), change.count());
        }
    }

    /** Gives everything away, key by key, and forgets it. The row that is given is reused. */
    <E extends Exception> void drain(Taker<E> taker) throws E {
        BinaryRowData row = newRow();
        for (int key = 0; key < keys(); key++) {
            int entry = firstEntries.getInt(key);
            if (entry == NONE) {
                // A key of which nothing is left; in a buffer of last rows that is a deletion.
                taker.take(new NetChange(high(key), low(key), 0, row));
            }
            for (; entry != NONE; entry = entries.next(entry)) {
                rows.get(entries.handle(entry), entries.size(entry), row);
                taker.take(new NetChange(high(key), low(key), entries.count(entry), row));
            }
        }
        clear();
    }

    /**
     * What is left of one row of a key.
     *
     * @param count how often it comes, or less than 0 how often it goes; 0 where there is no row
     */
    record NetChange(long high, long low, int count, BinaryRowData row) {}

    /** Takes changes that a buffer gives away. */
    @FunctionalInterface
    interface Taker<E extends Exception> {
        void take(NetChange change) throws E;
    }

    /** Bytes that the buffer takes in memory, with what it needs to find rows. */
    public long sizeInBytes() {
        return rows.sizeInBytes()
                + numbers.sizeInBytes()
                + keys() * BYTES_PER_KEY
                + entries.sizeInBytes();
    }

    /** Forgets everything, and gives the memory back. */
    public void clear() {
        numbers.clear();
        for (LongArrayList list : List.of(highs, lows)) {
            list.clear();
            list.trim();
        }
        firstEntries.clear();
        firstEntries.trim();
        entries.clear();
        rows.clear();
    }
}
