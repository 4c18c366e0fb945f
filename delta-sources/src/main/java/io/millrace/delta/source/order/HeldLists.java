package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * The rows held by a sequencer as earlier releases kept them: lists in keyed state, under a bucket
 * as key and a {@link Slot} as namespace. Only read, when such state is restored.
 */
final class HeldLists {

    private static final String NAME = "held-rows";

    private final KeyedStateBackend<Integer> backend;
    private final InternalListState<Integer, Long, RowData> lists;

    @SuppressWarnings("unchecked")
    HeldLists(KeyedStateBackend<Integer> backend, RowDataSerializer serializer) throws Exception {
        this.backend = requireNonNull(backend, "backend is null");
        ListState<RowData> state =
                backend.getOrCreateKeyedState(
                        LongSerializer.INSTANCE, new ListStateDescriptor<>(NAME, serializer));
        this.lists = (InternalListState<Integer, Long, RowData>) state;
    }

    /** Hands out all rows and forgets them. */
    void drain(RowVisitor visitor) throws Exception {
        List<Visit> visits;
        try (Stream<Tuple2<Integer, Long>> slots = backend.getKeysAndNamespaces(NAME)) {
            visits = slots.map(entry -> new Visit(entry.f0, entry.f1)).toList();
        }
        for (Visit visit : visits) {
            Slot slot = Slot.decode(visit.namespace());
            moveTo(visit.bucket(), visit.namespace());
            Iterable<RowData> rows = lists.get();
            if (rows != null) {
                for (RowData row : rows) {
                    visitor.visit(visit.bucket(), slot, row);
                }
            }
            lists.clear();
        }
    }

    private void moveTo(int bucket, long slot) {
        backend.setCurrentKey(bucket);
        lists.setCurrentNamespace(slot);
    }

    private record Visit(int bucket, long namespace) {}

    /** Takes one row that the state holds. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(int bucket, Slot slot, RowData row) throws Exception;
    }

    /** Whose rows a list has; in what is encoded, the lowest bits number the lists of a slot. */
    record Slot(long version, int phase) {

        private static final int CHUNK_BITS = 20;
        private static final int PHASE_BITS = 2;

        static Slot decode(long encoded) {
            return new Slot(
                    encoded >>> (CHUNK_BITS + PHASE_BITS),
                    (int) (encoded >>> CHUNK_BITS) & ((1 << PHASE_BITS) - 1));
        }
    }
}
