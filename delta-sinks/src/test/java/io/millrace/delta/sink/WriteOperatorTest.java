package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.commit.WriteResultTypeSerializer;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.TestTables;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteOperatorTest {

    private static final RowType TYPE =
            RowType.of(
                    false,
                    new LogicalType[] {new BigIntType(false), VarCharType.STRING_TYPE},
                    new String[] {"id", "v"});

    @TempDir Path folder;
    private DeltaTable table;
    private WriteSpec spec;

    @BeforeEach
    void newTable() {
        table = DeltaTable.at(folder.resolve("t").toString());
        spec = WriteSpec.of(table.location(), TYPE, List.of("id"));
    }

    private TestWriters writers(boolean rebuild) {
        return new TestWriters(new WriterSettings(spec, "p/t", true, rebuild));
    }

    private static RowData row(RowKind kind, long id, String value) {
        return GenericRowData.ofKind(kind, id, StringData.fromString(value));
    }

    private static RowData insert(long id, String value) {
        return row(RowKind.INSERT, id, value);
    }

    private static void update(TestWriters writers, long id, String before, String after)
            throws Exception {
        writers.process(row(RowKind.UPDATE_AFTER, id, after));
        writers.process(row(RowKind.UPDATE_BEFORE, id, before));
    }

    private void commitElsewhere(RowData... rows) throws IOException {
        try (TableWrite other = TableWrite.open(table, spec)) {
            for (RowData row : rows) {
                other.upsert(row);
            }
            other.commit(new TransactionId("other", table.snapshot().version()), Map.of());
        }
    }

    private List<String> rows() throws IOException {
        return TestTables.rows(table, table.snapshot().version());
    }

    private List<String> feed() throws IOException {
        return TestTables.feed(table, table.snapshot().version());
    }

    @Test
    void sendsWhatIsLeftOfACheckpointBeforeItsBarrier() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            update(writers, 1, "a", "b");
            writers.process(insert(2, "gone"));
            writers.process(row(RowKind.DELETE, 2, "gone"));
            writers.checkpoint(7);

            assertThat(writers.staged()).hasSize(1);
            WriteResult result = writers.staged().get(0);
            assertThat(result.checkpointId()).isEqualTo(7);
            assertThat(result.indexVersion()).isEqualTo(-1);
            assertThat(result.counts()).isEqualTo(new ChangeCounts(1, 0, 0));
            assertThat(result.changeFiles()).isEmpty();
            writers.commit(7, false);
        }

        assertThat(rows()).containsExactly("1,b");
    }

    @Test
    void sendsNothingWhereNothingIsLeft() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.process(row(RowKind.DELETE, 1, "a"));
            writers.checkpoint(1);

            assertThat(writers.staged()).isEmpty();
            assertThat(writers.pendingInState()).isZero();
        }
    }

    @Test
    void forgetsResultsThatTheLogShowsAsCommitted() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            for (int i = 0; i < 20; i++) {
                writers.process(insert(i, "a"));
            }
            writers.checkpoint(1);
            assertThat(writers.pendingInState()).isEqualTo(2);
            writers.commit(1, false);
            update(writers, 3, "a", "b");
            writers.checkpoint(2);

            assertThat(writers.pendingInState()).isEqualTo(1);
            assertThat(writers.staged().get(0).indexVersion()).isEqualTo(1);
            writers.commit(2, false);
        }

        assertThat(feed()).containsExactly("update_preimage 3,a", "update_postimage 3,b");
    }

    @Test
    void restoresWithPendingAndCommittedResultsAtAnotherParallelism() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            for (int i = 0; i < 10; i++) {
                writers.process(insert(i, "a"));
            }
            writers.checkpoint(1);
            writers.commit(1, false);
            for (int i = 5; i < 15; i++) {
                if (i < 10) {
                    update(writers, i, "a", "b");
                } else {
                    writers.process(insert(i, "b"));
                }
            }
            writers.process(row(RowKind.DELETE, 0, "a"));
            writers.checkpoint(2);
            writers.restore(3, 2);
            for (int i = 0; i < 15; i++) {
                if (i == 0) {
                    writers.process(insert(i, "c"));
                } else {
                    update(writers, i, i < 5 ? "a" : "b", "c");
                }
            }
            writers.checkpoint(3);
            assertThat(writers.pendingInState()).isEqualTo(5);
            writers.commit(3, false);
            assertThat(rows()).hasSize(15).allMatch(row -> row.endsWith(",c"));
            assertThat(feed()).hasSize(25);

            writers.restore(1, 3);
            writers.process(row(RowKind.DELETE, 7, "c"));
            writers.checkpoint(4);
            assertThat(writers.pendingInState()).isEqualTo(1);
            writers.commit(4, false);
        }

        assertThat(feed()).containsExactly("delete 7,c");
        assertThat(rows()).hasSize(14);
    }

    @Test
    void readsThePreImageBackWhereTheInputHasNone() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "same"));
            writers.checkpoint(1);
            writers.process(insert(1, "b"));
            writers.process(insert(2, "same"));
            writers.checkpoint(2);
            assertThat(writers.staged().get(1).counts()).isEqualTo(new ChangeCounts(0, 1, 0));
            writers.commit(1, false);
        }
    }

    @Test
    void aDeleteOfAnUnknownKeyIsNothing() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(row(RowKind.DELETE, 1, "a"));
            writers.checkpoint(1);

            assertThat(writers.staged()).isEmpty();
        }
    }

    @Test
    void followsForeignCommits() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            commitElsewhere(insert(1, "x"), insert(2, "y"));
            update(writers, 1, "a", "b");
            writers.process(insert(2, "b"));
            writers.checkpoint(2);
            writers.commit(2, false);
        }

        assertThat(feed())
                .containsExactlyInAnyOrder(
                        "update_preimage 1,x",
                        "update_postimage 1,b",
                        "update_preimage 2,y",
                        "update_postimage 2,b");
        assertThat(table.log().at(table.snapshot().version()).info().parameters())
                .doesNotContainKey("millrace.remerged");
    }

    @Test
    void loadsAgainAfterACommitThatWasMergedAnew() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            update(writers, 1, "a", "b");
            writers.checkpoint(2);
            commitElsewhere(insert(1, "b"), insert(3, "x"));
            update(writers, 1, "b", "c");
            writers.barrier(3);
            update(writers, 2, "a", "c");
            writers.checkpoint(4);
            writers.commit(4, false);
            assertThat(rows()).containsExactlyInAnyOrder("1,c", "2,c", "3,x");
            update(writers, 1, "c", "d");
            update(writers, 3, "x", "d");
            writers.checkpoint(5);
            writers.commit(5, false);
        }

        assertThat(rows()).containsExactlyInAnyOrder("1,d", "2,c", "3,d");
        assertThat(feed()).hasSize(4);
    }

    @Test
    void aRebuildWritesOnlyWhatDiffers() throws Exception {
        try (TestWriters first = writers(false)) {
            first.start(1);
            first.process(insert(1, "a"));
            first.process(insert(2, "a"));
            first.process(insert(3, "a"));
            first.checkpoint(1);
            first.commit(1, false);
        }
        WriterSettings again = new WriterSettings(spec, "p/t2", true, true);
        try (TestWriters writers = new TestWriters(again)) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.restore(1, 1);
            writers.process(insert(2, "b"));
            writers.process(insert(4, "b"));
            writers.checkpoint(2);
            assertThat(writers.commit(2, true))
                    .isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
            update(writers, 1, "a", "z");
            writers.checkpoint(3);
            writers.commit(3, false);
        }

        assertThat(rows()).containsExactlyInAnyOrder("1,z", "2,b", "4,b");
        assertThat(feed()).containsExactlyInAnyOrder("update_preimage 1,a", "update_postimage 1,z");
    }

    @Test
    void refusesToStartWithoutTheStateOfAnEarlierRun() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
        }
        try (TestWriters writers = writers(false)) {
            assertThatThrownBy(() -> writers.start(1))
                    .hasCauseInstanceOf(RefusedException.class)
                    .hasRootCauseMessage(
                            table.location()
                                    + ": cannot write at version 1: an earlier run of this sink has committed to it, and this run starts without state. Start from the last checkpoint, or with --rebuild.");
        }
    }

    @Test
    void refusesStateThatIsOlderThanTheTable() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(5, false);
            assertThatThrownBy(() -> writers.restore(1, 1))
                    .hasRootCauseMessage(
                            table.location()
                                    + ": cannot write at version 1: it holds checkpoint 5 of this sink, and the state is of checkpoint 1. Start from checkpoint 5 or later, or with --rebuild.");
        }
    }

    @Test
    void theEndOfTheInputBelongsToTheNextCheckpoint() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.process(insert(2, "a"));
            writers.endInput();
            writers.checkpoint(2);

            assertThat(writers.staged())
                    .extracting(WriteResult::checkpointId)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void anUpdateOverNothingRetractedKeepsTheLastRow() throws Exception {
        try (TestWriters writers = new TestWriters(new WriterSettings(spec, "p/t", false, false))) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(1, "b"));
            writers.checkpoint(1);
            writers.commit(1, false);
            writers.process(insert(1, "c"));
            writers.process(insert(1, "b"));
            writers.checkpoint(2);
            assertThat(writers.staged()).isEmpty();
        }

        assertThat(rows()).containsExactly("1,b");
    }

    @Test
    void rowsWithoutAKeyAreAppendedAndNotKeptInState() throws Exception {
        WriteSpec appending = WriteSpec.of(table.location(), TYPE, List.of());
        WriterSettings settings = new WriterSettings(appending, "p/t", false, false);
        try (var writer =
                new OneInputStreamOperatorTestHarness<RowData, WriteResult>(
                        new WriteOperatorFactory(settings))) {
            writer.setup(new WriteResultTypeSerializer());
            writer.open();
            writer.processElement(insert(1, "a"), 0);
            writer.processElement(insert(1, "a"), 0);
            writer.prepareSnapshotPreBarrier(1);
            writer.snapshot(1, 0);

            WriteResult result = writer.extractOutputValues().get(0);
            assertThat(result.counts()).isEqualTo(new ChangeCounts(2, 0, 0));
            assertThat(result.files().get(0).rows()).isEqualTo(2);
            assertThat(result.changeFiles()).isEmpty();
            assertThat(
                            writer.getOperator()
                                    .getOperatorStateBackend()
                                    .getUnionListState(WriteOperator.PENDING_RESULTS)
                                    .get())
                    .isEmpty();
        }
    }

    @Test
    void twoRowsOfOneKeyFailNamingTableAndKey() throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(1, "b"));

            assertThatThrownBy(() -> writers.checkpoint(1))
                    .hasMessageStartingWith(table.location() + ": cannot write key (id=1)");
        }
    }

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
        try (TestWriters writers = writers(false)) {
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
