package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class NetChangeBufferTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new BigIntType(), VarCharType.STRING_TYPE},
                    new String[] {"id", "v"});
    private static final KeyEncoder KEY = KeyEncoder.of("t", TYPE, List.of("id"));

    private record Net(String before, String after) {}

    private static RowData row(RowKind kind, long id, String value) {
        return GenericRowData.ofKind(kind, id, StringData.fromString(value));
    }

    private static Map<Long, Net> netOf(NetChangeBuffer buffer) {
        Map<Long, Net> net = new HashMap<>();
        for (int key = 0; key < buffer.keys(); key++) {
            buffer.check(key);
            String before =
                    buffer.preImage(key, buffer.newRow())
                            .map(NetChangeBufferTest::text)
                            .orElse(null);
            String after =
                    buffer.postImage(key, buffer.newRow())
                            .map(NetChangeBufferTest::text)
                            .orElse(null);
            if (before != null || after != null) {
                net.put(buffer.low(key), new Net(before, after));
            }
        }
        return net;
    }

    private static String text(RowData row) {
        return row.getString(1).toString();
    }

    @Test
    void leavesTheDifferenceOfTwoVersionsInAnyOrderOfArrival() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            Map<Long, String> first = new HashMap<>();
            for (long id = 0; id < 8; id++) {
                if (random.nextBoolean()) {
                    first.put(id, "v" + random.nextInt(3));
                }
            }
            Map<Long, String> table = new HashMap<>(first);
            List<RowData> changes = new ArrayList<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                long id = random.nextInt(8);
                String before = table.get(id);
                String after = random.nextInt(3) == 0 ? null : "v" + random.nextInt(3);
                if (before != null) {
                    RowKind kind = after == null ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
                    changes.add(row(kind, id, before));
                }
                if (after != null) {
                    RowKind kind = before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER;
                    changes.add(row(kind, id, after));
                    table.put(id, after);
                } else {
                    table.remove(id);
                }
            }
            Collections.shuffle(changes, random);

            NetChangeBuffer buffer = NetChangeBuffer.counted(TYPE, KEY);
            changes.forEach(buffer::add);

            Map<Long, Net> expected = new HashMap<>();
            for (long id = 0; id < 8; id++) {
                if (!Objects.equals(first.get(id), table.get(id))) {
                    expected.put(id, new Net(first.get(id), table.get(id)));
                }
            }
            assertThat(netOf(buffer)).isEqualTo(expected);
        }
    }

    @Test
    void twoRowsOfOneKeyFailNamingTheKey() {
        NetChangeBuffer buffer = NetChangeBuffer.counted(TYPE, KEY);
        buffer.add(row(RowKind.INSERT, 5, "a"));
        buffer.add(row(RowKind.INSERT, 5, "b"));

        assertThatThrownBy(() -> buffer.check(0))
                .hasMessageContaining(
                        "t: cannot write key (id=5): its changes leave 2 rows that come and 0 that go")
                .hasMessageContaining("+1 {id=5, v=a}");
    }

    @Test
    void oneRowTwiceFailsToo() {
        NetChangeBuffer buffer = NetChangeBuffer.counted(TYPE, KEY);
        buffer.add(row(RowKind.INSERT, 5, "a"));
        buffer.add(row(RowKind.INSERT, 5, "a"));

        assertThatThrownBy(() -> buffer.check(0)).hasMessageContaining("2 rows that come");
    }

    @Test
    void keepsTheLastRowWhereNothingIsRetracted() {
        NetChangeBuffer buffer = NetChangeBuffer.last(TYPE, KEY);
        buffer.add(row(RowKind.INSERT, 1, "a"));
        buffer.add(row(RowKind.INSERT, 1, "b"));
        buffer.add(row(RowKind.INSERT, 2, "c"));
        buffer.add(row(RowKind.DELETE, 2, ""));

        assertThat(netOf(buffer)).isEqualTo(Map.of(1L, new Net(null, "b")));
        assertThat(buffer.keys()).isEqualTo(2);
    }

    @Test
    void aPreImageEqualToThePostImageLeavesNothing() {
        NetChangeBuffer buffer = NetChangeBuffer.last(TYPE, KEY);
        buffer.add(row(RowKind.INSERT, 1, "same"));

        buffer.setPreImage(0, row(RowKind.INSERT, 1, "same"));

        assertThat(netOf(buffer)).isEmpty();
    }

    @Test
    void thePreImageOfTheTableTakesThePlaceOfTheOneThatCame() {
        NetChangeBuffer buffer = NetChangeBuffer.counted(TYPE, KEY);
        buffer.add(row(RowKind.UPDATE_BEFORE, 1, "said"));
        buffer.add(row(RowKind.UPDATE_AFTER, 1, "new"));

        buffer.setPreImage(0, row(RowKind.INSERT, 1, "there"));
        assertThat(netOf(buffer)).isEqualTo(Map.of(1L, new Net("there", "new")));

        buffer.setPreImage(0, row(RowKind.INSERT, 1, "said"));
        assertThat(netOf(buffer)).isEqualTo(Map.of(1L, new Net("said", "new")));
    }

    @Test
    void mapsAreEqualInAnyOrderOfTheirEntries() {
        RowType type =
                RowType.of(
                        new LogicalType[] {
                            new BigIntType(), new MapType(VarCharType.STRING_TYPE, new IntType())
                        },
                        new String[] {"id", "m"});
        NetChangeBuffer buffer =
                NetChangeBuffer.counted(type, KeyEncoder.of("t", type, List.of("id")));
        buffer.add(GenericRowData.ofKind(RowKind.INSERT, 1L, map("x", "y")));
        buffer.add(GenericRowData.ofKind(RowKind.DELETE, 1L, map("y", "x")));

        assertThat(buffer.hasPostImage(0)).isFalse();
        assertThat(buffer.hasPreImage(0)).isFalse();
    }

    private static GenericMapData map(String... keys) {
        Map<StringData, Integer> entries = new LinkedHashMap<>();
        for (String key : keys) {
            entries.put(StringData.fromString(key), key.hashCode());
        }
        return new GenericMapData(entries);
    }

    @Test
    void rowsLargerThanAPageAreKept() {
        String large = "x".repeat(3 << 20);
        NetChangeBuffer buffer = NetChangeBuffer.counted(TYPE, KEY);
        buffer.add(row(RowKind.INSERT, 1, "small"));
        buffer.add(row(RowKind.INSERT, 2, large));
        buffer.add(row(RowKind.INSERT, 3, "small too"));

        assertThat(netOf(buffer))
                .isEqualTo(
                        Map.of(
                                1L, new Net(null, "small"),
                                2L, new Net(null, large),
                                3L, new Net(null, "small too")));
    }
}
