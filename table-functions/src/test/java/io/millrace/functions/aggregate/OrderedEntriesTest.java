package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large groups: what a change costs, what stays in the state, and whether the best is right. */
class OrderedEntriesTest {

    private static final int CAPACITY = OrderedEntries.CAPACITY;

    /** Counts what is asked of it. */
    private static final class CountingView extends MapView<Long, RowData> {
        private int calls;

        @Override
        public RowData get(Long key) throws Exception {
            calls++;
            return super.get(key);
        }

        @Override
        public void put(Long key, RowData value) throws Exception {
            calls++;
            assertThat(value.getArray(1).size()).isBetween(1, CAPACITY);
            super.put(key, value);
        }
    }

    private final ArgMin min = (ArgMin) new ArgMin().forTypes(new BigIntType(), new BigIntType());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_best_of_a_large_group_is_right_after_each_change(long seed) throws Exception {
        Random random = new Random(seed);
        BestState state = min.createAccumulator();
        TreeMap<Long, Integer> live = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextInt(3_000);
            boolean grows = i < 10_000 ? random.nextInt(4) > 0 : random.nextInt(4) == 0;
            if (grows) {
                live.merge(key, 1, Integer::sum);
                min.accumulate(state, key, key);
            } else if (!live.isEmpty()) {
                // The best one as often as any other.
                Long gone = random.nextBoolean() ? live.firstKey() : live.floorKey(key);
                gone = gone == null ? live.firstKey() : gone;
                live.merge(gone, -1, (a, b) -> a + b == 0 ? null : a + b);
                min.retract(state, gone, gone);
            }
            assertThat(min.getValue(state)).isEqualTo(live.isEmpty() ? null : live.firstKey());
        }
        assertThat(entries(state)).isEqualTo(live.size());
    }

    @Test
    void a_change_reads_and_writes_a_few_nodes_whatever_the_size_of_the_group() throws Exception {
        BestState state = min.createAccumulator();
        CountingView nodes = new CountingView();
        state.nodes = nodes;
        int most = 0;
        for (long key = 0; key < 100_000; key++) {
            most = Math.max(most, cost(nodes, state, key, 1));
        }
        for (long key = 0; key < 100_000; key++) {
            most = Math.max(most, cost(nodes, state, key, -1));
            assertThat(min.getValue(state)).isEqualTo(key == 99_999 ? null : key + 1);
        }
        // Height 5 at half-full nodes: a path read, each node of it split, the first leaf read.
        assertThat(most).isLessThanOrEqualTo(24);
        assertThat(nodes.getMap()).isEmpty();
    }

    private int cost(CountingView nodes, BestState state, long key, int sign) throws Exception {
        nodes.calls = 0;
        if (sign > 0) {
            min.accumulate(state, key, key);
        } else {
            min.retract(state, key, key);
        }
        return nodes.calls;
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void changes_in_any_order_over_merged_states_leave_what_the_rows_leave(long seed)
            throws Exception {
        Random random = new Random(seed);
        List<long[]> changes = new ArrayList<>();
        TreeMap<Long, Integer> live = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            long key = random.nextInt(500);
            changes.add(new long[] {key, 1});
            if (random.nextInt(3) > 0) {
                changes.add(new long[] {key, -1});
            } else {
                live.merge(key, 1, Integer::sum);
            }
        }
        Collections.shuffle(changes, random);
        List<BestState> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parts.add(min.createAccumulator());
        }
        for (long[] change : changes) {
            BestState part = parts.get(random.nextInt(parts.size()));
            if (change[1] > 0) {
                min.accumulate(part, change[0], change[0]);
            } else {
                min.retract(part, change[0], change[0]);
            }
        }
        BestState all = parts.remove(0);
        min.merge(all, parts);
        assertThat(min.getValue(all)).isEqualTo(live.firstKey());
        assertThat(entries(all)).isEqualTo(live.size());
        assertThat(all.owed.getMap()).isEmpty();
        assertThat(all.owing).isZero();
        for (Map.Entry<Long, Integer> row : live.entrySet()) {
            for (int i = 0; i < row.getValue(); i++) {
                min.retract(all, row.getKey(), row.getKey());
            }
        }
        assertThat(all.nodes.getMap()).isEmpty();
        assertThat(min.getValue(all)).isNull();
    }

    private static int entries(BestState state) {
        return state.nodes.getMap().values().stream()
                .map(node -> Node.of(node, 2))
                .filter(Node::leaf)
                .mapToInt(Node::size)
                .sum();
    }
}
