package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;

/** State is as large as the rows that are there, however many came and went. */
class AggregateSizeTest {

    private static final int LIVE = 200;
    private static final int CHANGES = 20_000;

    private static StringData text(long value) {
        return StringData.fromString("t" + value);
    }

    @Test
    void picks_hold_no_more_nodes_than_rows_while_rows_come_and_go() throws Exception {
        ArgMax max = (ArgMax) new ArgMax().forTypes(new BigIntType(), new BigIntType());
        BestState state = max.createAccumulator();
        Random random = new Random(1);
        Deque<Long> live = new ArrayDeque<>();
        for (int i = 0; i < CHANGES; i++) {
            // Keys that rise leave nodes behind that are emptied one by one.
            long key = i * 10L + random.nextInt(10);
            live.add(key);
            max.accumulate(state, key, key);
            if (live.size() > LIVE) {
                long gone = live.remove();
                max.retract(state, gone, gone);
            }
            assertThat(state.nodes.getMap().size()).isLessThanOrEqualTo(LIVE / 4);
        }
        while (!live.isEmpty()) {
            long gone = live.removeLast();
            max.retract(state, gone, gone);
        }
        assertThat(state.nodes.getMap()).isEmpty();
        assertThat(state.owed.getMap()).isEmpty();
        assertThat(state.best).isNull();
        assertThat(state.root).isZero();
        assertThat(state.owing).isZero();
    }

    @Test
    void sets_hold_the_distinct_values_that_are_there_and_nothing_in_the_end() throws Exception {
        CollectSet set = CollectSet.of(new BigIntType());
        StringAggDet join = new StringAggDet();
        SetState values = set.createAccumulator();
        SetState texts = join.createAccumulator();
        Random random = new Random(2);
        Deque<Long> live = new ArrayDeque<>();
        for (int i = 0; i < CHANGES; i++) {
            long value = random.nextInt(5_000);
            live.add(value);
            set.accumulate(values, value);
            join.accumulate(texts, text(value), text(value % 3));
            if (live.size() > LIVE) {
                long gone = live.remove();
                set.retract(values, gone);
                join.retract(texts, text(gone), text(gone % 3));
            }
            assertThat(values.counts.getMap().size()).isLessThanOrEqualTo(LIVE);
            assertThat(texts.counts.getMap().size()).isLessThanOrEqualTo(LIVE);
        }
        for (long gone : live) {
            set.retract(values, gone);
            join.retract(texts, text(gone), text(gone % 3));
        }
        assertThat(values.counts.getMap()).isEmpty();
        assertThat(texts.counts.getMap()).isEmpty();
        assertThat(set.getValue(values).size()).isZero();
        assertThat(join.getValue(texts)).isNull();
    }

    @Test
    void retractions_that_overtake_their_rows_leave_nothing_behind() throws Exception {
        ArgMin min = (ArgMin) new ArgMin().forTypes(new BigIntType(), new BigIntType());
        CollectSet set = CollectSet.of(new BigIntType());
        BestState best = min.createAccumulator();
        SetState values = set.createAccumulator();
        for (long key = 0; key < 1_000; key++) {
            min.retract(best, key, key);
            set.retract(values, key);
        }
        for (long key = 999; key >= 0; key--) {
            min.accumulate(best, key, key);
            set.accumulate(values, key);
        }
        assertThat(best.nodes.getMap()).isEmpty();
        assertThat(best.owed.getMap()).isEmpty();
        assertThat(values.counts.getMap()).isEmpty();
    }
}
