package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The aggregates against a computation from scratch, over random inserts and retractions. */
class RetractionTest {

    private static final LogicalType TEXT = VarCharType.STRING_TYPE;
    private static final LogicalType NUMBER = new BigIntType();
    private static final String[] TEXTS = {"a", "b", "B", "ab", "\uFB01", "\uD83D\uDE00", null};

    private record Input(String text, Long number) {

        StringData string() {
            return text == null ? null : StringData.fromString(text);
        }
    }

    /** A row that comes (+1) or goes (-1). */
    private record Change(Input row, int sign) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void picks_agree_with_a_computation_from_scratch_after_each_change(long seed) throws Exception {
        ArgMin min = (ArgMin) new ArgMin().forTypes(TEXT, NUMBER);
        ArgMax max = (ArgMax) new ArgMax().forTypes(TEXT, NUMBER);
        BestState minState = min.createAccumulator();
        BestState maxState = max.createAccumulator();
        List<Input> live = new ArrayList<>();
        for (Change change : history(new Random(seed), 300)) {
            Input row = change.row();
            if (change.sign() > 0) {
                live.add(row);
                min.accumulate(minState, row.string(), row.number());
                max.accumulate(maxState, row.string(), row.number());
            } else {
                live.remove(row);
                min.retract(minState, row.string(), row.number());
                max.retract(maxState, row.string(), row.number());
            }
            assertThat(text(min.getValue(minState)))
                    .isEqualTo(pick(live, Comparator.naturalOrder()));
            assertThat(text(max.getValue(maxState)))
                    .isEqualTo(pick(live, Comparator.reverseOrder()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void the_result_does_not_depend_on_the_order_of_arrival(long seed) throws Exception {
        Random random = new Random(seed);
        List<Change> changes = history(random, 200);
        List<Input> live = new ArrayList<>();
        for (Change change : changes) {
            if (change.sign() > 0) {
                live.add(change.row());
            } else {
                live.remove(change.row());
            }
        }
        Collections.shuffle(changes, random);
        AnyValueDet any = (AnyValueDet) new AnyValueDet().forTypes(TEXT, NUMBER);
        StringAggDet join = new StringAggDet();
        BestState first = any.createAccumulator();
        BestState second = any.createAccumulator();
        SetState joinFirst = join.createAccumulator();
        SetState joinSecond = join.createAccumulator();
        for (Change change : changes) {
            Input row = change.row();
            BestState best = random.nextBoolean() ? first : second;
            SetState set = random.nextBoolean() ? joinFirst : joinSecond;
            if (change.sign() > 0) {
                any.accumulate(best, row.string(), row.number());
                join.accumulate(set, row.string(), StringData.fromString(", "));
            } else {
                any.retract(best, row.string(), row.number());
                join.retract(set, row.string(), StringData.fromString(", "));
            }
        }
        any.merge(first, List.of(second));
        join.merge(joinFirst, List.of(joinSecond));
        assertThat(text(any.getValue(first))).isEqualTo(pick(live, Comparator.naturalOrder()));
        assertThat(text(join.getValue(joinFirst))).isEqualTo(joined(live));
    }

    @Test
    void state_is_empty_when_all_rows_are_gone() throws Exception {
        List<Change> changes = history(new Random(3), 100);
        ArgMin min = (ArgMin) new ArgMin().forTypes(TEXT, NUMBER);
        BestState state = min.createAccumulator();
        for (Change change : changes) {
            min.accumulate(state, change.row().string(), change.row().number());
        }
        for (Change change : changes) {
            min.retract(state, change.row().string(), change.row().number());
        }
        assertThat(state.nodes.getMap()).isEmpty();
        assertThat(state.owed.getMap()).isEmpty();
        assertThat(state.root).isZero();
        assertThat(state.owing).isZero();
        assertThat(min.getValue(state)).isNull();
    }

    @Test
    void maps_are_equal_whatever_the_order_of_their_entries() throws Exception {
        MapType type = new MapType(TEXT, new IntType());
        CollectSet set = CollectSet.of(type);
        SetState state = set.createAccumulator();
        set.accumulate(state, map("a", 1, "b", 2));
        set.accumulate(state, map("b", 2, "a", 1));
        assertThat(set.getValue(state).size()).isEqualTo(1);
        set.retract(state, map("b", 2, "a", 1));
        set.retract(state, map("b", 2, "a", 1));
        assertThat(set.getValue(state).size()).isZero();
    }

    @Test
    void sets_are_sorted_by_bytes_and_hold_no_null() throws Exception {
        CollectSet set = CollectSet.of(TEXT);
        SetState state = set.createAccumulator();
        for (String text : TEXTS) {
            set.accumulate(state, text == null ? null : StringData.fromString(text));
        }
        ArrayData values = set.getValue(state);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(values.getString(i).toString());
        }
        assertThat(texts).containsExactly("B", "a", "ab", "b", "\uFB01", "\uD83D\uDE00");
    }

    @Test
    void counts_true_only() {
        CountIf count = new CountIf();
        CountState state = count.createAccumulator();
        assertThat(count.getValue(state)).isZero();
        for (Boolean condition : new Boolean[] {true, null, false, true, true}) {
            count.accumulate(state, condition);
        }
        count.retract(state, true);
        count.retract(state, null);
        assertThat(count.getValue(state)).isEqualTo(2);
    }

    private static List<Change> history(Random random, int length) {
        List<Change> changes = new ArrayList<>();
        List<Input> live = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (!live.isEmpty() && random.nextInt(100) < 45) {
                changes.add(new Change(live.remove(random.nextInt(live.size())), -1));
            } else {
                Input row =
                        new Input(
                                TEXTS[random.nextInt(TEXTS.length)],
                                random.nextInt(12) == 0 ? null : (long) random.nextInt(6));
                live.add(row);
                changes.add(new Change(row, 1));
            }
        }
        return changes;
    }

    private static String pick(List<Input> live, Comparator<Long> keys) {
        return live.stream()
                .filter(row -> row.text() != null && row.number() != null)
                .min(
                        Comparator.comparing(Input::number, keys)
                                .thenComparing(Input::text, RetractionTest::byBytes))
                .map(Input::text)
                .orElse(null);
    }

    private static String joined(List<Input> live) {
        TreeSet<String> texts = new TreeSet<>(RetractionTest::byBytes);
        live.stream().map(Input::text).filter(text -> text != null).forEach(texts::add);
        return texts.isEmpty() ? null : String.join(", ", texts);
    }

    private static int byBytes(String left, String right) {
        return Arrays.compareUnsigned(
                StringData.fromString(left).toBytes(), StringData.fromString(right).toBytes());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static GenericMapData map(String k1, int v1, String k2, int v2) {
        Map<StringData, Integer> map = new LinkedHashMap<>();
        map.put(StringData.fromString(k1), v1);
        map.put(StringData.fromString(k2), v2);
        return new GenericMapData(map);
    }
}
