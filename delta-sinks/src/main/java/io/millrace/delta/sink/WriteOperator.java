package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.TargetPreparation;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.commit.WriteResultTypeSerializer;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.FaultPoint;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.write.AppendedRows;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.KeyEncoder;
import io.millrace.delta.write.LocalFolders;
import io.millrace.delta.write.NetChanges;
import io.millrace.delta.write.PendingResults;
import io.millrace.delta.write.PositionedChanges;
import io.millrace.delta.write.RowChanges;
import io.millrace.delta.write.TableChanges;
import io.millrace.delta.write.TargetIndex;
import io.millrace.delta.write.WriteSpec;
import io.millrace.delta.write.WriterMemory;
import io.millrace.delta.write.WriterStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Gathers the changes of a checkpoint and, before its barrier goes on, writes what is left of them
 * into files and sends one {@link WriteResult}; none where nothing is left.
 *
 * <p>State: the results that were not seen committed yet (union list; every writer needs all of
 * them, since keys move when the job is rescaled), the id they were written under, the table
 * version up to which nobody else had brought rows back, and the one that a rebuild started at
 * (union list, gone once the rebuild is committed). The key index is not state: it is made from the
 * table and the pending results.
 */
@Internal
public final class WriteOperator extends AbstractStreamOperator<WriteResult>
        implements OneInputStreamOperator<RowData, WriteResult>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    static final ListStateDescriptor<WriteResult> PENDING_RESULTS =
            new ListStateDescriptor<>("pending-results", new WriteResultTypeSerializer());
    private static final ListStateDescriptor<Long> REBUILD_BASE =
            new ListStateDescriptor<>("rebuild-base", LongSerializer.INSTANCE);

    private static final ListStateDescriptor<Long> TRUSTED =
            new ListStateDescriptor<>("trusted-version", LongSerializer.INSTANCE);
    private static final ListStateDescriptor<String> SINK_ID =
            new ListStateDescriptor<>("sink-id", StringSerializer.INSTANCE);

    private final transient WriterSettings configured;
    private transient WriterSettings settings;
    private transient PendingResults pending;
    private transient RowChanges changes;
    private transient TargetIndex target;
    private transient ListState<WriteResult> pendingState;
    private transient ListState<Long> rebuildState;
    private transient ListState<String> sinkIdState;
    private transient ListState<Long> trustedState;
    private transient long rebuildBase;
    private transient long lastCheckpoint;
    private transient WriterMetrics written;

    WriteOperator(StreamOperatorParameters<WriteResult> parameters, WriterSettings settings) {
        super(parameters);
        this.configured = requireNonNull(settings, "settings is null");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        var backend = context.getOperatorStateStore();
        pendingState = backend.getUnionListState(PENDING_RESULTS);
        rebuildState = backend.getUnionListState(REBUILD_BASE);
        trustedState = backend.getUnionListState(TRUSTED);
        sinkIdState = backend.getUnionListState(SINK_ID);
        settings = configured.under(sinkId());
        OptionalLong restored = context.getRestoredCheckpointId();
        lastCheckpoint = restored.orElse(0);
        pending = new PendingResults();
        pending.addSinkId(settings.sinkId());
        TaskInfo task = getRuntimeContext().getTaskInfo();
        List<WriteResult> results = new ArrayList<>();
        pendingState.get().forEach(results::add);
        pending.restore(
                results,
                i -> i % task.getNumberOfParallelSubtasks() == task.getIndexOfThisSubtask());
        written = new WriterMetrics(getMetricGroup());
        try {
            start(restored, rebuildState.get().iterator());
        } catch (RefusedException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private String sinkId() throws Exception {
        try {
            return configured
                    .idOrigin()
                    .resolve(
                            configured.spec().location(),
                            configured.sinkId(),
                            sinkIdState.get(),
                            getRuntimeContext().getJobInfo().getJobId());
        } catch (RefusedException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private void start(OptionalLong restored, Iterator<Long> restoredRebuild) throws Exception {
        DeltaTable table = settings.spec().table();
        new TargetPreparation(table, settings.spec().definition()).prepare();
        WriterStart start = new WriterStart(table, pending);
        boolean rebuilding = settings.rebuild() && restored.isEmpty();
        if (restoredRebuild.hasNext()) {
            rebuildBase = restoredRebuild.next();
            rebuilding = !start.hasCommittedSince(rebuildBase);
        } else if (rebuilding) {
            rebuildBase = table.exists() ? table.snapshot().version() : -1;
        }
        if (!rebuilding) {
            start.check(restored, settings.statement().token());
        }
        if (settings.positioned()) {
            changes = positioned(table);
        } else {
            changes = settings.appends() ? appends(table) : keyed(table, rebuilding);
        }
    }

    private RowChanges positioned(DeltaTable table) {
        return new PositionedChanges(table, settings.spec(), naming(), settings.readVersion());
    }

    private RowChanges appends(DeltaTable table) {
        long memory = memory().changes();
        return new AppendedRows(table, settings.spec(), naming(), memory);
    }

    private RowChanges keyed(DeltaTable table, boolean rebuilding) throws Exception {
        WriteSpec spec = settings.spec();
        WriterMemory memory = memory();
        Path folder = localFolder();
        target = new TargetIndex(table, spec, ownHashes(), pending, memory.index(), folder);
        if (rebuilding) {
            target.loadIgnoringTable();
        } else {
            load();
        }
        KeyEncoder encoder = KeyEncoder.of(spec);
        NetChanges net =
                settings.retracts()
                        ? NetChanges.counted(spec.rowType(), encoder, memory.changes(), folder)
                        : NetChanges.last(spec.rowType(), encoder, memory.changes(), folder);
        written.registerIndex(target);
        written.registerBuffer(net);
        boolean onlyWriter = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() == 1;
        return new TableChanges(
                target, net, naming(), onlyWriter, settings.kept(), settings.oneRowAKey());
    }

    private WriterMemory memory() {
        return settings.memory().within(Runtime.getRuntime().maxMemory());
    }

    private FileNaming naming() {
        return FileNaming.forSink(settings.sinkId()).waitingIn(localFolder());
    }

    private Path localFolder() {
        return LocalFolders.of(getContainingTask().getEnvironment().getIOManager());
    }

    private void load() throws Exception {
        OptionalLong trusted = OptionalLong.empty();
        for (long version : trustedState.get()) {
            trusted = OptionalLong.of(Math.min(version, trusted.orElse(version)));
        }
        if (trusted.isPresent()) {
            target.load(trusted.getAsLong());
        } else {
            target.load();
        }
    }

    /** Keys whose group, as {@link RowKeySelector} makes it, belongs to this writer. */
    private IntPredicate ownHashes() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int groups = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange range =
                KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                        groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        return hash -> range.contains(KeyGroupRangeAssignment.assignToKeyGroup(hash, groups));
    }

    /** Rows come by key, but no state is kept for the key of a row. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement(StreamRecord<RowData> element) throws Exception {
        changes.add(element.getValue());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush(checkpointId);
        lastCheckpoint = checkpointId;
    }

    /** The last changes belong to the next checkpoint, or to the end where there are none. */
    @Override
    public void endInput() throws Exception {
        changes.endInput();
        flush(lastCheckpoint + 1);
    }

    private void flush(long checkpointId) throws IOException {
        FaultPoint.FLUSH.reached();
        changes.follow();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        WriteResult result = changes.flush(checkpointId, subtask);
        if (!result.isEmpty()) {
            written.wrote(result);
            if (!settings.appends()) {
                pending.add(result);
            }
            output.collect(new StreamRecord<>(result));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pendingState.update(pending.kept());
        boolean rebuilding = target != null && target.ignoresTable();
        rebuildState.update(rebuilding ? List.of(rebuildBase) : List.of());
        trustedState.update(target == null ? List.of() : List.of(target.trusted()));
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        sinkIdState.update(first ? List.of(settings.sinkId()) : List.of());
    }

    @Override
    public void close() throws Exception {
        try {
            if (changes != null) {
                changes.close();
            }
        } finally {
            super.close();
        }
    }
}
