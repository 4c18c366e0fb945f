package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetChangesTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new BigIntType(), VarCharType.STRING_TYPE},
                    new String[] {"id", "v"});
    private static final KeyEncoder KEY = KeyEncoder.of("t", TYPE, List.of("id"));
    private static final int KEYS = 200;

    @TempDir private Path folder;

    private record Net(String before, String after) {}

    private static RowData row(RowKind kind, long id, String value) {
        return GenericRowData.ofKind(kind, id, StringData.fromString(value));
    }

    private static Map<Long, Net> drain(NetChanges changes) throws IOException {
        Map<Long, Net> net = new HashMap<>();
        changes.drain(
                part -> {
                    for (int key = 0; key < part.keys(); key++) {
                        part.check(key);
                        String before =
                                part.preImage(key, part.newRow())
                                        .map(r -> r.getString(1).toString())
                                        .orElse(null);
                        String after =
                                part.postImage(key, part.newRow())
                                        .map(r -> r.getString(1).toString())
                                        .orElse(null);
                        if (before != null || after != null) {
                            assertThat(net.put(part.low(key), new Net(before, after))).isNull();
                        }
                    }
                });
        return net;
    }

    /** Several flushes with one budget, from one that holds nothing to one that holds all. */
    @Test
    void leavesTheDifferenceOfTwoVersionsWhateverFitsIntoMemory() throws Exception {
        Random random = new Random(7);
        for (long memory : new long[] {1, 30 << 10, 34 << 10, 1 << 30}) {
            NetChanges changes = NetChanges.counted(TYPE, KEY, memory, folder);
            Map<Long, String> table = new HashMap<>();
            for (int round = 0; round < 8; round++) {
                Map<Long, String> before = new HashMap<>(table);
                for (RowData change : randomChanges(table, random)) {
                    changes.add(change);
                }
                Map<Long, Net> expected = new HashMap<>();
                for (long id = 0; id < KEYS; id++) {
                    if (!Objects.equals(before.get(id), table.get(id))) {
                        expected.put(id, new Net(before.get(id), table.get(id)));
                    }
                }
                assertThat(drain(changes)).isEqualTo(expected);
                assertThat(changes.isEmpty()).isTrue();
                assertThat(folder).isEmptyDirectory();
            }
            assertThat(changes.spilledBytes() > 0).isEqualTo(memory < 1 << 30);
        }
    }

    private static List<RowData> randomChanges(Map<Long, String> table, Random random) {
        List<RowData> changes = new ArrayList<>();
        int count = random.nextInt(2000);
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(KEYS);
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
        return changes;
    }

    @Test
    void theLastRowOfAKeyWinsOverTheOnesOnDisk() throws Exception {
        Random random = new Random(8);
        for (long memory : new long[] {1, 8 << 10, 1 << 30}) {
            NetChanges changes = NetChanges.last(TYPE, KEY, memory, folder);
            Map<Long, Net> expected = new HashMap<>();
            for (int i = 0; i < 3000; i++) {
                long id = random.nextInt(KEYS);
                if (random.nextInt(4) == 0) {
                    changes.add(row(RowKind.DELETE, id, ""));
                    expected.remove(id);
                } else {
                    changes.add(row(RowKind.INSERT, id, "v" + i));
                    expected.put(id, new Net(null, "v" + i));
                }
            }
            assertThat(drain(changes)).isEqualTo(expected);
        }
    }

    /** A key that was deleted last is handed on: whether the table has it nobody knows yet. */
    @Test
    void aDeletedKeyOfAnInputThatDoesNotRetractIsHandedOn() throws Exception {
        NetChanges changes = NetChanges.last(TYPE, KEY, 1, folder);
        changes.add(row(RowKind.INSERT, 5, "a"));
        changes.add(row(RowKind.DELETE, 5, ""));

        List<Long> keys = new ArrayList<>();
        changes.drain(part -> keys.add(part.low(0)));

        assertThat(keys).containsExactly(5L);
    }

    @Test
    void rowsLargerThanAChunkComeBack() throws Exception {
        String large = "x".repeat(100_000);
        NetChanges changes = NetChanges.counted(TYPE, KEY, 1, folder);
        changes.add(row(RowKind.INSERT, 1, "small"));
        changes.add(row(RowKind.INSERT, 2, large));
        changes.add(row(RowKind.UPDATE_BEFORE, 1, "small"));
        changes.add(row(RowKind.UPDATE_AFTER, 1, large));

        assertThat(drain(changes))
                .isEqualTo(Map.of(1L, new Net(null, large), 2L, new Net(null, large)));
    }

    @Test
    void memoryStaysNearTheBudget() throws Exception {
        long memory = 1 << 20;
        NetChanges changes = NetChanges.counted(TYPE, KEY, memory, folder);
        for (long id = 0; id < 100_000; id++) {
            changes.add(row(RowKind.INSERT, id, "value " + id));
            assertThat(changes.sizeInBytes()).isLessThan(memory + (1 << 20) + (64 << 10));
        }
        assertThat(drain(changes)).hasSize(100_000);
    }

    @Test
    void whatIsForgottenLeavesNoFile() throws Exception {
        NetChanges changes = NetChanges.counted(TYPE, KEY, 1, folder);
        changes.add(row(RowKind.INSERT, 1, "a"));
        assertThat(folder).isNotEmptyDirectory();

        changes.clear();

        assertThat(folder).isEmptyDirectory();
        assertThat(drain(changes)).isEmpty();
    }

    @Test
    void aDiskThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        NetChanges changes = NetChanges.counted(TYPE, KEY, 1, file);

        assertThatThrownBy(() -> changes.add(row(RowKind.INSERT, 1, "a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + ": cannot hold the changes of a checkpoint there")
                .hasMessageContaining("give the sink more memory");
    }
}
