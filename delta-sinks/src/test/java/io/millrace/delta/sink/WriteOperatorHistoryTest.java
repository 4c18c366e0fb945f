package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.write.TestTables;
import io.millrace.delta.write.WriterMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes, checkpoints, aborts and restores: the table and its feed follow the input. */
class WriteOperatorHistoryTest extends WriteOperatorTestBase {

    /** So that changes always go over the disk. */
    private static final WriterMemory NO_MEMORY = new WriterMemory(0, 0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anyHistoryEndsAsTheInputSays(int seed) throws Exception {
        Random random = new Random(seed);
        Map<Long, String> state = new TreeMap<>();
        Map<Long, String> atCheckpoint = new TreeMap<>();
        Set<String> replayed = new HashSet<>();
        long version = 0;
        long lastComplete = 0;
        int nextCheckpoint = 1;
        try (TestWriters writers = writers(seed % 2 == 0 ? WriterMemory.DEFAULT : NO_MEMORY)) {
            writers.start(1 + random.nextInt(3));
            for (int step = 0; step < 20; step++) {
                int checkpoint = nextCheckpoint++;
                changeAtRandom(writers, state, random);
                int fate = random.nextInt(8);
                if (fate == 0) {
                    writers.barrier(checkpoint);
                } else if (fate == 1 && lastComplete > 0) {
                    // What came after the last checkpoint is lost, and sent again changed.
                    writers.restore(1 + random.nextInt(3), lastComplete);
                    state = new TreeMap<>(atCheckpoint);
                } else {
                    writers.checkpoint(checkpoint);
                    lastComplete = checkpoint;
                    atCheckpoint = new TreeMap<>(state);
                    if (random.nextInt(3) > 0) {
                        var outcome = writers.commit(checkpoint, false);
                        if (outcome instanceof CommitOutcome.Committed committed) {
                            version = committed.version();
                            replay(replayed, TestTables.feed(table, version));
                        }
                        assertThat(TestTables.rows(table, version))
                                .containsExactlyInAnyOrderElementsOf(texts(state));
                        assertThat(replayed).containsExactlyInAnyOrderElementsOf(texts(state));
                    }
                }
            }
        }
    }

    private static void changeAtRandom(TestWriters writers, Map<Long, String> state, Random random)
            throws Exception {
        List<RowData> changes = new ArrayList<>();
        for (int i = 0; i < random.nextInt(15); i++) {
            long id = random.nextInt(8);
            String before = state.get(id);
            String after = random.nextInt(3) == 0 ? null : "v" + random.nextInt(3);
            if (before != null) {
                RowKind kind = after == null ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
                changes.add(row(kind, id, before));
            }
            if (after == null) {
                state.remove(id);
            } else {
                RowKind kind = before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER;
                changes.add(row(kind, id, after));
                state.put(id, after);
            }
        }
        Collections.shuffle(changes, random);
        for (RowData change : changes) {
            writers.process(change);
        }
    }

    private static Collection<String> texts(Map<Long, String> state) {
        return state.entrySet().stream().map(e -> e.getKey() + "," + e.getValue()).toList();
    }

    private static void replay(Set<String> rows, List<String> feed) {
        List<String> added = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (String change : feed) {
            String type = change.substring(0, change.indexOf(' '));
            String row = change.substring(change.indexOf(' ') + 1);
            if (type.equals("delete") || type.equals("update_preimage")) {
                assertThat(rows.remove(row)).as(change).isTrue();
            } else {
                added.add(row);
            }
            boolean once = keys.add((type.startsWith("update_pre") ? "-" : "+") + row.charAt(0));
            assertThat(once).as("a second change of the key: %s", feed).isTrue();
        }
        rows.addAll(added);
    }
}
