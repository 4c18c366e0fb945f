package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SequencedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.util.StateMigrationException;

/**
 * Releases the changes of a table version by version, each only when it is complete, deletes and
 * pre-images before inserts and post-images.
 *
 * <p>Input watermarks are versions: every row of a version up to it has arrived. Rows go out inside
 * {@link #processWatermark} only, so that a checkpoint barrier, which the watermarks of all readers
 * are aligned with, never falls into a version. Rows of the first snapshot are inserts only and
 * stream straight through; whoever commits holds its commit until that version is released. So do
 * those of large versions that only insert or only delete, when their turn has come.
 *
 * <p>Rows that would be read again after a failure are not in the state; the version up to which
 * all was released is, and what comes again of versions up to it is left out.
 *
 * <p>After each release goes a {@link SourceProgress} to the side output and, as event time, the
 * commit time of the version less a millisecond; a subtask that gets no row of a version does not
 * know its time, and does not advance event time by it. No watermark is kept in state: after a
 * restore the readers say again how far they are.
 */
final class VersionSequencer extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final transient ReadSpec spec;
    private final transient RowDataSerializer serializer;
    private final long memoryBudget;

    /** Commit timestamps of versions that stream through, by version. */
    private final transient TreeMap<Long, Long> streaming = new TreeMap<>();

    private transient BucketSelector buckets;
    private transient HeldState state;
    private transient ListState<Long> completeState;
    private transient long restored;
    private transient HeldRows held;
    private transient LongCounter rowsRead;
    private transient StreamRecord<RowData> element;
    private transient StreamRecord<RowData> progress;
    private transient long complete;
    private transient long released;
    private transient long timestamp;
    private transient long eventTime;
    private transient long streamedThrough;

    VersionSequencer(
            StreamOperatorParameters<RowData> parameters, ReadSpec spec, long memoryBudget) {
        super(parameters);
        this.spec = requireNonNull(spec, "spec is null");
        this.serializer = new RowDataSerializer(spec.sequencedType());
        this.memoryBudget = memoryBudget;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        buckets = new BucketSelector(() -> spec, maxParallelism);
        state = new HeldState(spec, serializer);
        String[] folders =
                getContainingTask().getEnvironment().getIOManager().getSpillingDirectoriesPaths();
        held = new HeldRows(serializer, this::keyGroup, memoryBudget, Path.of(folders[0]));
        completeState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "complete-version", LongSerializer.INSTANCE));
        restored = Long.MIN_VALUE;
        if (context.isRestored()) {
            for (long version : completeState.get()) {
                restored = Math.max(restored, version);
            }
            state.read(context.getRawKeyedStateInputs(), held);
            takeOverLists();
        }
    }

    /** State of earlier releases. */
    private void takeOverLists() throws Exception {
        try {
            new HeldLists(getKeyedStateBackend(), serializer)
                    .drain(
                            (bucket, slot, row) ->
                                    held.add(
                                            keyGroup(bucket),
                                            slot.version(),
                                            slot.phase(),
                                            Delivery.KEPT,
                                            serializer.toBinaryRow(row, true)));
        } catch (StateMigrationException e) {
            throw state.otherColumns(e);
        }
    }

    private int keyGroup(RowData row) {
        return keyGroup(buckets.getKey(row));
    }

    private int keyGroup(int bucket) {
        return KeyGroupRangeAssignment.assignToKeyGroup(
                bucket, getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
    }

    /** No state of Flink's is used for a row, so its key, which costs a hash, is of no interest. */
    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public void setKeyContextElement1(StreamRecord record) {}

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void open() throws Exception {
        super.open();
        element = new StreamRecord<>(null);
        progress = new StreamRecord<>(null);
        complete = restored;
        released = SourceProgress.NONE;
        timestamp = Long.MIN_VALUE;
        eventTime = Long.MIN_VALUE;
        rowsRead = new LongCounter();
        getRuntimeContext().addAccumulator(SourceProgress.ROWS + spec.dataset(), rowsRead);
        register(getMetricGroup());
    }

    void register(MetricGroup metrics) {
        metrics.gauge("heldRows", held::rows);
        metrics.gauge("heldVersions", held::versions);
        metrics.gauge("heldBytes", held::bytes);
        metrics.gauge("heldBytesInMemory", held::bytesInMemory);
        metrics.gauge("streamedThroughVersions", () -> streamedThrough);
        metrics.gauge("releasedVersion", () -> released);
    }

    @Override
    public void processElement(StreamRecord<RowData> record) throws Exception {
        RowData row = record.getValue();
        long version = SequencedRows.version(row);
        Delivery delivery = SequencedRows.delivery(row);
        if (version <= restored && delivery == Delivery.REPLAYED) {
            return;
        }
        if (version <= complete) {
            throw new IllegalStateException(
                    "%s: cannot order a row of version %d: the readers had declared version %d complete. Restart from the last checkpoint and report this."
                            .formatted(spec.dataset(), version, complete));
        }
        rowsRead.add(1L);
        int phase = SequencedRows.phase(row);
        if (phase == SequencedRows.PHASE_SNAPSHOT) {
            streaming.merge(version, SequencedRows.timestamp(row), Math::max);
            output.collect(element.replace(row));
        } else if (delivery == Delivery.STREAMED && version - 1 <= complete) {
            open(version);
            streaming.put(version, SequencedRows.timestamp(row));
            output.collect(element.replace(row));
        } else {
            held.add(version, phase, delivery, serializer.toBinaryRow(row));
        }
    }

    /** Says that rows of a version go out before it is complete. */
    private void open(long version) throws IOException {
        if (!streaming.containsKey(version)) {
            report(new SourceProgress(spec.dataset(), subtask(), parallelism(), released, version));
            held.release(version, this::emit);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long upTo = mark.getTimestamp();
        if (upTo <= complete) {
            return;
        }
        complete = upTo;
        Long version = nextUpTo(upTo);
        while (version != null) {
            Long streamed = streaming.remove(version);
            if (streamed != null) {
                streamedThrough++;
                timestamp = Math.max(timestamp, streamed);
            }
            held.release(version, this::emit);
            released = Math.max(released, version);
            advanceEventTime();
            version = nextUpTo(upTo);
        }
        if (upTo == SequencedRows.END) {
            reportProgress();
            output.emitWatermark(Watermark.MAX_WATERMARK);
        } else {
            released = upTo;
            reportProgress();
            if (held.mayStream(upTo + 1)) {
                open(upTo + 1);
                streaming.put(upTo + 1, timestamp);
            }
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // Readers are never idle; event time behind a sequencer does not depend on it.
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Map<Long, HeldRows.Version> kept = held.forState();
        if (!kept.isEmpty()) {
            state.write(kept, context.getRawKeyedOperatorStateOutput());
        }
        long upTo = complete == SequencedRows.END ? released : complete;
        completeState.update(upTo == Long.MIN_VALUE ? List.of() : List.of(upTo));
    }

    @Override
    public void close() throws Exception {
        if (held != null) {
            held.close();
        }
        super.close();
    }

    private Long nextUpTo(long version) {
        Long next = held.firstUpTo(version);
        if (!streaming.isEmpty() && streaming.firstKey() <= version) {
            return next == null ? streaming.firstKey() : Math.min(next, streaming.firstKey());
        }
        return next;
    }

    private void emit(RowData row) {
        timestamp = Math.max(timestamp, SequencedRows.timestamp(row));
        output.collect(element.replace(row));
    }

    private void advanceEventTime() {
        if (timestamp != Long.MIN_VALUE && timestamp - 1 > eventTime) {
            eventTime = timestamp - 1;
            output.emitWatermark(new Watermark(eventTime));
        }
    }

    private void reportProgress() {
        if (released == SourceProgress.NONE || !streaming.isEmpty()) {
            // Nothing was read yet, or the first snapshot still comes.
            return;
        }
        report(new SourceProgress(spec.dataset(), subtask(), parallelism(), released));
    }

    private void report(SourceProgress message) {
        output.collect(SourceProgress.TAG, progress.replace(message.toRow()));
    }

    private int subtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    private int parallelism() {
        return getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    }
}
