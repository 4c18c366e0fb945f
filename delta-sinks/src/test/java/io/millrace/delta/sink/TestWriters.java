package io.millrace.delta.sink;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.commit.CommittableBuilder;
import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.commit.WriteResultTypeSerializer;
import io.millrace.delta.table.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.RowData;

/**
 * The writers of one sink without a cluster, and a committer that commits when told. Rows go to the
 * writer that a job would send them to.
 */
final class TestWriters implements AutoCloseable {

    static final int MAX_PARALLELISM = 16;

    private WriterSettings settings;
    private final DeltaCommitter committer;
    private final List<KeyedOneInputStreamOperatorTestHarness<Integer, RowData, WriteResult>>
            writers = new ArrayList<>();
    private final RowKeySelector selector;
    private CommittableBuilder staged = new CommittableBuilder();
    private List<WriteResult> stagedAtCheckpoint = List.of();
    private OperatorSubtaskState state;
    private int stateParallelism;
    private long counter;

    TestWriters(WriterSettings settings) {
        this.settings = settings;
        this.selector = new RowKeySelector(settings.spec());
        this.committer =
                new DeltaCommitter(
                        DeltaTable.at(settings.spec().location()),
                        settings.spec().definition(),
                        new CommitFacts(settings.sinkId(), Map.of()));
    }

    /** Starts writers without state. */
    void start(int parallelism) throws Exception {
        start(parallelism, null, 0);
    }

    /**
     * Stops the writers and starts them from the last checkpoint; what was staged after it is
     * forgotten.
     */
    void restore(int parallelism, long checkpoint) throws Exception {
        OperatorSubtaskState restored = state;
        close();
        staged = new CommittableBuilder();
        stagedAtCheckpoint.forEach(staged::add);
        for (int i = 0; i < parallelism; i++) {
            OperatorSubtaskState share =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            restored, MAX_PARALLELISM, stateParallelism, parallelism, i);
            add(parallelism, i, share, checkpoint);
        }
    }

    /** Starts writers that are told something else from the last checkpoint. */
    void restore(int parallelism, long checkpoint, WriterSettings other) throws Exception {
        settings = other;
        restore(parallelism, checkpoint);
    }

    private void start(int parallelism, OperatorSubtaskState restored, long checkpoint)
            throws Exception {
        for (int i = 0; i < parallelism; i++) {
            add(parallelism, i, restored, checkpoint);
        }
    }

    private void add(int parallelism, int i, OperatorSubtaskState restored, long checkpoint)
            throws Exception {
        var writer =
                new KeyedOneInputStreamOperatorTestHarness<Integer, RowData, WriteResult>(
                        new WriteOperatorFactory(settings),
                        selector,
                        Types.INT,
                        MAX_PARALLELISM,
                        parallelism,
                        i);
        writers.add(writer);
        writer.setup(new WriteResultTypeSerializer());
        if (restored == null) {
            writer.initializeEmptyState();
        } else {
            writer.setRestoredCheckpointId(checkpoint);
            writer.initializeState(restored);
        }
        writer.open();
    }

    void process(RowData row) throws Exception {
        int group = KeyGroupRangeAssignment.assignToKeyGroup(selector.getKey(row), MAX_PARALLELISM);
        int writer =
                KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                        MAX_PARALLELISM, writers.size(), group);
        writers.get(writer).processElement(row, 0);
    }

    /** Takes a checkpoint; what the writers staged waits for {@link #commit}. */
    void checkpoint(long id) throws Exception {
        barrier(id);
        OperatorSubtaskState[] states = new OperatorSubtaskState[writers.size()];
        for (int i = 0; i < writers.size(); i++) {
            states[i] = writers.get(i).snapshot(id, 0);
        }
        state = AbstractStreamOperatorTestHarness.repackageState(states);
        stateParallelism = writers.size();
        stagedAtCheckpoint = staged.results();
    }

    /** Lets the barrier of a checkpoint through that is aborted afterwards. */
    void barrier(long id) throws Exception {
        for (var writer : writers) {
            writer.prepareSnapshotPreBarrier(id);
        }
        collect();
    }

    void endInput() throws Exception {
        for (var writer : writers) {
            writer.endInput();
        }
        collect();
    }

    private void collect() {
        for (var writer : writers) {
            writer.extractOutputValues().forEach(staged::add);
            writer.getOutput().clear();
        }
    }

    /** What waits for a commit. */
    List<WriteResult> staged() {
        return staged.results();
    }

    CommitOutcome commit(long throughCheckpoint, boolean rebuild) throws Exception {
        counter++;
        stagedAtCheckpoint = List.of();
        return committer.commit(
                staged.build(counter, "token-" + counter, throughCheckpoint, rebuild, Map.of()));
    }

    /** Results in the state of all writers together. */
    int pendingInState() throws Exception {
        int pending = 0;
        for (var writer : writers) {
            for (WriteResult ignored :
                    writer.getOperator()
                            .getOperatorStateBackend()
                            .getUnionListState(WriteOperator.PENDING_RESULTS)
                            .get()) {
                pending++;
            }
        }
        return pending;
    }

    @Override
    public void close() throws Exception {
        for (var writer : writers) {
            writer.close();
        }
        writers.clear();
    }
}
