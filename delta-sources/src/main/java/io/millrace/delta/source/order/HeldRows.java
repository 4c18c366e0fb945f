package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * The rows of versions that are not complete: in memory up to a budget, in keyed state beyond it
 * and whenever a checkpoint is taken.
 *
 * <p>Rows come out version by version, phase by phase; within a phase in any order.
 */
final class HeldRows {

    /** A list in state is read as a whole. */
    private static final long CHUNK_BYTES = 4L << 20;

    /** What a row costs on the heap beyond its bytes. */
    private static final long ROW_OVERHEAD = 96;

    private static final int PHASES = 2;

    private final HeldState state;
    private final long budget;
    private final TreeMap<Long, HeldVersion> versions = new TreeMap<>();

    private long bytesInMemory;
    private long rows;

    HeldRows(HeldState state, long budget) {
        this.state = requireNonNull(state, "state is null");
        this.budget = budget;
        state.forEachSlot(
                (bucket, slot) ->
                        phase(slot.version(), slot.phase()).tail(bucket).restored(slot.chunk()));
    }

    /** Keeps a row, which the caller gives away. */
    void add(int bucket, long version, int phase, BinaryRowData row) throws Exception {
        if (phase < 0 || phase >= PHASES) {
            throw new IllegalArgumentException("phase " + phase);
        }
        phase(version, phase).rows.computeIfAbsent(bucket, b -> new ArrayList<>()).add(row);
        bytesInMemory += size(row);
        rows++;
        if (bytesInMemory > budget) {
            flush();
        }
    }

    /** Moves everything to state. */
    void flush() throws Exception {
        for (Map.Entry<Long, HeldVersion> version : versions.entrySet()) {
            for (int phase = 0; phase < PHASES; phase++) {
                HeldPhase held = version.getValue().phases.get(phase);
                for (Map.Entry<Integer, List<RowData>> bucket : held.rows.entrySet()) {
                    append(version.getKey(), phase, held, bucket.getKey(), bucket.getValue());
                }
                held.rows.clear();
            }
        }
        bytesInMemory = 0;
    }

    /** The oldest version with rows, if it is not newer than the one given; else null. */
    Long firstUpTo(long version) {
        return versions.isEmpty() || versions.firstKey() > version ? null : versions.firstKey();
    }

    /** Hands out all rows of one version, deletes and pre-images first, and forgets them. */
    void release(long version, Consumer<RowData> out) throws Exception {
        HeldVersion held = versions.remove(version);
        if (held == null) {
            return;
        }
        long[] released = {0, 0};
        for (int phase = 0; phase < PHASES; phase++) {
            HeldPhase rowsOfPhase = held.phases.get(phase);
            for (Map.Entry<Integer, Tail> stored : rowsOfPhase.stored.entrySet()) {
                for (int chunk = 0; chunk <= stored.getValue().chunk; chunk++) {
                    state.drain(
                            stored.getKey(),
                            new HeldState.Slot(version, phase, chunk),
                            row -> {
                                released[0]++;
                                out.accept(row);
                            });
                }
            }
            for (List<RowData> inMemory : rowsOfPhase.rows.values()) {
                for (RowData row : inMemory) {
                    released[0]++;
                    released[1] += size((BinaryRowData) row);
                    out.accept(row);
                }
            }
        }
        rows = Math.max(0, rows - released[0]);
        bytesInMemory -= released[1];
    }

    /** Rows held; rows that came from a checkpoint are not counted. */
    long rows() {
        return rows;
    }

    long bytesInMemory() {
        return bytesInMemory;
    }

    int versions() {
        return versions.size();
    }

    private void append(long version, int phase, HeldPhase held, int bucket, List<RowData> all)
            throws Exception {
        Tail tail = held.tail(bucket);
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            tail.bytes += ((BinaryRowData) all.get(i)).getSizeInBytes();
            if (tail.bytes >= CHUNK_BYTES || i == all.size() - 1) {
                state.append(
                        bucket,
                        new HeldState.Slot(version, phase, tail.chunk),
                        new ArrayList<>(all.subList(from, i + 1)));
                from = i + 1;
                if (tail.bytes >= CHUNK_BYTES) {
                    tail.next();
                }
            }
        }
    }

    private HeldPhase phase(long version, int phase) {
        return versions.computeIfAbsent(version, v -> new HeldVersion()).phases.get(phase);
    }

    private static long size(BinaryRowData row) {
        return row.getSizeInBytes() + ROW_OVERHEAD;
    }

    private static final class HeldVersion {
        private final List<HeldPhase> phases = List.of(new HeldPhase(), new HeldPhase());
    }

    private static final class HeldPhase {
        private final Map<Integer, List<RowData>> rows = new HashMap<>();
        private final Map<Integer, Tail> stored = new HashMap<>();

        Tail tail(int bucket) {
            return stored.computeIfAbsent(bucket, b -> new Tail());
        }
    }

    /** Where the next rows of a bucket go: all chunks up to this one may hold rows. */
    private static final class Tail {
        private int chunk;
        private long bytes;

        void next() {
            chunk++;
            bytes = 0;
        }

        /** How full a restored chunk is, is not known: go on behind it. */
        void restored(int found) {
            chunk = Math.max(chunk, found + 1);
        }
    }
}
