package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.commit.Committable;
import io.millrace.delta.commit.CommittableBuilder;
import io.millrace.delta.commit.CommittableSerializer;
import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.commit.WriteResultSerializer;
import io.millrace.delta.source.order.SourceProgress;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.FaultPoint;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.write.LocalFolders;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Makes one committable of all that the writers staged before a barrier, and commits it when the
 * checkpoint is complete; runs at parallelism 1.
 *
 * <p>The second input tells which version of each source lies before the barrier, exactly: both
 * inputs are aligned. Until each source has released its first version, and while a large version
 * of one streams through, nothing is committed, so that every result to be seen is a whole one.
 * Committables go into the state with their number and a token; after a failure they are committed
 * again in order, and the committer knows those that the table has already.
 */
final class CommitOperator extends AbstractStreamOperator<Long>
        implements TwoInputStreamOperator<WriteResult, RowData, Long>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;
    private static final int INPUTS = 2;

    /** Run that took the checkpoint. */
    private static final ListStateDescriptor<String> RUN =
            new ListStateDescriptor<>("run", StringSerializer.INSTANCE);

    /** Id of the sink that took the checkpoint. */
    private static final ListStateDescriptor<String> SINK_ID =
            new ListStateDescriptor<>("sink-id", StringSerializer.INSTANCE);

    /** Number of the newest commit that was seen in the table. */
    private static final ListStateDescriptor<Long> COMMITTED =
            new ListStateDescriptor<>("committed-number", LongSerializer.INSTANCE);

    private final CommitSettings configured;
    private final Set<String> sourceNames;
    private final OperatorEventGateway coordinator;

    private transient ListState<Committable> pendingState;
    private transient ListState<WriteResult> openState;
    private transient ListState<SinkState> sinkState;
    private transient ListState<String> runState;
    private transient ListState<String> sinkIdState;
    private transient ListState<Long> committedState;

    private transient CommitSettings settings;
    private transient CommittableBuilder open;
    private transient List<Committable> pending;
    private transient SourceVersions sources;
    private transient TreeMap<Long, Map<String, Long>> releasedAt;
    private transient DeltaCommitter committer;
    private transient boolean restored;
    private transient boolean tableExists;
    private transient boolean rebuilding;
    private transient long counter;
    private transient long committed;
    private transient CommitMetrics commitMetrics;
    private transient String restoredRun;
    private transient String run;
    private transient int endedInputs;

    CommitOperator(
            StreamOperatorParameters<Long> parameters,
            CommitSettings settings,
            Set<String> sourceNames,
            OperatorEventGateway coordinator) {
        super(parameters);
        this.configured = requireNonNull(settings, "settings is null");
        this.sourceNames = Set.copyOf(sourceNames);
        this.coordinator = requireNonNull(coordinator, "coordinator is null");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pendingState = list(context, "committables", new CommittableSerializer());
        openState = list(context, "open-results", new WriteResultSerializer());
        sinkState = list(context, "sink", new SinkStateSerializer());
        runState = context.getOperatorStateStore().getListState(RUN);
        sinkIdState = context.getOperatorStateStore().getListState(SINK_ID);
        settings = configured.owned(sinkId(), IdOrigin.GIVEN);
        open = new CommittableBuilder();
        pending = new ArrayList<>();
        sources = new SourceVersions(settings.dataset(), sourceNames);
        releasedAt = new TreeMap<>();
        rebuilding = settings.rebuild();
        for (SinkState state : sinkState.get()) {
            restored = true;
            counter = state.counter();
            rebuilding = state.rebuilding();
            sources.restore(state.released(), state.opened());
        }
        committedState = context.getOperatorStateStore().getListState(COMMITTED);
        committedState.get().forEach(number -> committed = number);
        restoredRun = "";
        runState.get().forEach(id -> restoredRun = id);
        pendingState.get().forEach(pending::add);
        openState.get().forEach(open::add);
    }

    private String sinkId() throws Exception {
        try {
            return configured
                    .idOrigin()
                    .resolve(
                            configured.dataset(),
                            configured.facts().sinkId(),
                            sinkIdState.get(),
                            getRuntimeContext().getJobInfo().getJobId());
        } catch (RefusedException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private static <T> ListState<T> list(
            StateInitializationContext context,
            String name,
            SimpleVersionedSerializer<T> serializer)
            throws Exception {
        return new SimpleVersionedListState<>(
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        name, BytePrimitiveArraySerializer.INSTANCE)),
                serializer);
    }

    @Override
    public void open() throws Exception {
        super.open();
        DeltaTable table = settings.spec().table();
        committer =
                new DeltaCommitter(
                                table,
                                settings.spec().definition(),
                                settings.facts(),
                                settings.statement().kind())
                        .waitingIn(
                                LocalFolders.of(
                                        getContainingTask().getEnvironment().getIOManager()));
        commitMetrics = new CommitMetrics(getMetricGroup(), committer, Clock.systemUTC());
        pending.forEach(committable -> commitMetrics.made());
        tableExists = table.exists();
        try {
            committer.checkTable();
            start(new SinkStart(settings, committer));
        } catch (RefusedException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private void start(SinkStart start) throws IOException {
        run = start.run();
        if (!settings.commitsOnCheckpoints()) {
            counter = start.statementCounter(committer.lastToken());
        } else if (restored) {
            start.checkRestored(counter, committed, restoredRun);
        } else if (!rebuilding) {
            start.checkStateless();
        }
        if (settings.commitsOnCheckpoints()) {
            counter = Math.max(counter, start.newest());
        }
        commitThrough(Long.MAX_VALUE, restored ? sources.atBarrier() : Map.of());
        if (settings.commitsOnCheckpoints() && start.needsFence(restoredRun)) {
            counter++;
            outcome(committer.fence(counter, UUID.randomUUID().toString()));
        }
    }

    @Override
    public void processElement1(StreamRecord<WriteResult> result) {
        open.add(result.getValue());
    }

    @Override
    public void processElement2(StreamRecord<RowData> progress) {
        sources.report(SourceProgress.fromRow(progress.getValue()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        seal(context.getCheckpointId());
        pendingState.update(pending);
        openState.update(open.results());
        sinkState.update(
                List.of(new SinkState(counter, rebuilding, sources.atBarrier(), sources.opened())));
        runState.update(List.of(run));
        sinkIdState.update(List.of(settings.facts().sinkId()));
        committedState.update(List.of(committed));
        FaultPoint.PRE_COMMIT.reached();
    }

    /** Makes a committable of all that lies before the barrier, if it may be seen. */
    private void seal(long checkpointId) {
        Map<String, Long> released = sources.atBarrier();
        releasedAt.put(checkpointId, released);
        boolean changes = !open.isEmpty() || rebuilding || !tableExists;
        if (isHeld() || !changes) {
            return;
        }
        counter++;
        String token = settings.token().orElseGet(() -> UUID.randomUUID().toString());
        pending.add(open.build(counter, token, checkpointId, rebuilding, released));
        commitMetrics.made();
        rebuilding = false;
        tableExists = true;
    }

    private boolean isHeld() {
        boolean wholeResultToCome = rebuilding && sourceNames.isEmpty() && endedInputs < INPUTS;
        return wholeResultToCome || !sources.allReleased() || sources.anyOpen();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Map.Entry<Long, Map<String, Long>> released = releasedAt.floorEntry(checkpointId);
        commitThrough(checkpointId, released == null ? Map.of() : released.getValue());
        releasedAt.headMap(checkpointId, false).clear();
    }

    @Override
    public void endInput(int inputId) {
        endedInputs++;
    }

    @Override
    public void finish() throws Exception {
        super.finish();
        if (settings.commitsOnCheckpoints()) {
            return; // The final checkpoint commits.
        }
        long last = open.results().stream().mapToLong(WriteResult::checkpointId).max().orElse(0);
        seal(last);
        if (isHeld()) {
            throw new IllegalStateException(
                    "%s: cannot commit: the input ended before the first version of each source of %s was complete. Report this."
                            .formatted(settings.dataset(), sourceNames));
        }
        commitThrough(last, sources.atBarrier());
    }

    /** Commits in order what belongs to a checkpoint that is complete, and reports it. */
    private void commitThrough(long checkpointId, Map<String, Long> released) throws IOException {
        List<SinkCommit> commits = new ArrayList<>();
        Iterator<Committable> committables = pending.iterator();
        while (committables.hasNext()) {
            Committable committable = committables.next();
            if (committable.throughCheckpoint() > checkpointId) {
                break;
            }
            commit(committable, commits);
            committables.remove();
        }
        int held = open.isEmpty() ? 0 : 1;
        coordinator.sendEventToCoordinator(
                new SinkProgressEvent(released, pending.size() + held, commits));
    }

    private void commit(Committable committable, List<SinkCommit> commits) throws IOException {
        FaultPoint.COMMIT.reached();
        long start = System.nanoTime();
        CommitOutcome outcome;
        try {
            outcome = outcome(committer.commit(committable));
        } catch (RefusedException e) {
            throw new SuppressRestartsException(e);
        }
        commitMetrics.done(start);
        if (outcome instanceof CommitOutcome.Committed committed) {
            add(committed.version(), committed.counts(), committable, commits);
        } else if (outcome instanceof CommitOutcome.AlreadyCommitted committed) {
            add(committed.version(), committable.counts(), committable, commits);
        }
    }

    private static CommitOutcome outcome(CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Fenced fenced) {
            throw new SuppressRestartsException(new RefusedException(fenced.message()));
        }
        return outcome;
    }

    private void add(
            long version, ChangeCounts counts, Committable committable, List<SinkCommit> commits) {
        commitMetrics.committed(version);
        committed = committable.counter();
        commits.add(new SinkCommit(version, counts, committable.sourceVersions()));
    }

    @Override
    public void close() throws Exception {
        try {
            if (committer != null) {
                committer.close();
            }
        } finally {
            super.close();
        }
    }
}
