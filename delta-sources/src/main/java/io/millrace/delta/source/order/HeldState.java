package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * The keyed state of a sequencer: lists of rows, under a bucket as key and a {@link Slot} as
 * namespace.
 */
final class HeldState {

    private static final String NAME = "held-rows";

    private final KeyedStateBackend<Integer> backend;
    private final InternalListState<Integer, Long, RowData> lists;

    @SuppressWarnings("unchecked")
    HeldState(KeyedStateBackend<Integer> backend, RowDataSerializer serializer) throws Exception {
        this.backend = requireNonNull(backend, "backend is null");
        ListState<RowData> state =
                backend.getOrCreateKeyedState(
                        LongSerializer.INSTANCE, new ListStateDescriptor<>(NAME, serializer));
        this.lists = (InternalListState<Integer, Long, RowData>) state;
    }

    void append(int bucket, Slot slot, List<RowData> rows) throws Exception {
        moveTo(bucket, slot);
        lists.addAll(rows);
    }

    /** Hands out the rows of a slot and forgets them. */
    void drain(int bucket, Slot slot, Consumer<RowData> out) throws Exception {
        moveTo(bucket, slot);
        Iterable<RowData> rows = lists.get();
        if (rows != null) {
            rows.forEach(out);
        }
        lists.clear();
    }

    /** Visits what is there; the state must not be changed meanwhile. */
    void forEachSlot(SlotVisitor visitor) {
        try (Stream<Visit> slots =
                backend.<Long>getKeysAndNamespaces(NAME)
                        .map(entry -> new Visit(entry.f0, Slot.decode(entry.f1)))) {
            slots.forEach(visit -> visitor.visit(visit.bucket(), visit.slot()));
        }
    }

    private void moveTo(int bucket, Slot slot) {
        backend.setCurrentKey(bucket);
        lists.setCurrentNamespace(slot.encode());
    }

    private record Visit(int bucket, Slot slot) {}

    /** Takes one list that the state holds. */
    @FunctionalInterface
    interface SlotVisitor {
        void visit(int bucket, Slot slot);
    }

    /**
     * One list: rows of a version and phase; large ones are cut into chunks, since a list is loaded
     * as a whole.
     */
    record Slot(long version, int phase, int chunk) {

        private static final int CHUNK_BITS = 20;
        private static final int PHASE_BITS = 2;

        Slot {
            if (version < 0 || version >= 1L << (62 - CHUNK_BITS - PHASE_BITS)) {
                throw new IllegalArgumentException("version " + version);
            }
            if (phase < 0 || phase >= 1 << PHASE_BITS || chunk < 0 || chunk >= 1 << CHUNK_BITS) {
                throw new IllegalArgumentException("phase " + phase + ", chunk " + chunk);
            }
        }

        /** A part of the state's format: must not change. */
        long encode() {
            return (version << PHASE_BITS | phase) << CHUNK_BITS | chunk;
        }

        static Slot decode(long encoded) {
            return new Slot(
                    encoded >>> (CHUNK_BITS + PHASE_BITS),
                    (int) (encoded >>> CHUNK_BITS) & ((1 << PHASE_BITS) - 1),
                    (int) (encoded & ((1 << CHUNK_BITS) - 1)));
        }
    }
}
