package io.millrace.delta.source.order;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.ReadSpecHandle;
import io.millrace.delta.source.StartingPosition;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;

/** One subtask of a sequencer over (id, name); what it emits reads as short strings. */
final class SequencerHarness implements AutoCloseable {

    static final int MAX_PARALLELISM = 16;

    static final ReadSpec SPEC =
            new ReadSpec(
                    "orders",
                    "/tables/orders",
                    RowType.of(
                            new LogicalType[] {new BigIntType(false), VarCharType.STRING_TYPE},
                            new String[] {"id", "name"}),
                    List.of("id"),
                    new StartingPosition.Snapshot());

    private final KeyedOneInputStreamOperatorTestHarness<Integer, RowData, RowData> harness;

    private SequencerHarness(
            ReadSpec spec, int subtask, int parallelism, long budget, StateBackend backend)
            throws Exception {
        ReadSpecHandle handle = () -> spec;
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new VersionSequencerFactory(handle, budget),
                        new BucketSelector(handle, MAX_PARALLELISM),
                        Types.INT,
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setStateBackend(backend);
        harness.setup(InternalTypeInfo.of(spec.sequencedType()).toRowSerializer());
    }

    static SequencerHarness start(long budget, StateBackend backend) throws Exception {
        SequencerHarness started = new SequencerHarness(SPEC, 0, 1, budget, backend);
        started.harness.open();
        return started;
    }

    static SequencerHarness restore(
            OperatorSubtaskState state,
            int oldParallelism,
            int subtask,
            int parallelism,
            StateBackend backend)
            throws Exception {
        return restore(SPEC, state, oldParallelism, subtask, parallelism, backend);
    }

    static SequencerHarness restore(
            ReadSpec spec,
            OperatorSubtaskState state,
            int oldParallelism,
            int subtask,
            int parallelism,
            StateBackend backend)
            throws Exception {
        SequencerHarness restored =
                new SequencerHarness(spec, subtask, parallelism, 1 << 20, backend);
        restored.harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, oldParallelism, parallelism, subtask));
        restored.harness.open();
        return restored;
    }

    static OperatorSubtaskState merge(List<OperatorSubtaskState> states) throws Exception {
        return AbstractStreamOperatorTestHarness.repackageState(
                states.toArray(OperatorSubtaskState[]::new));
    }

    void delete(long version, long id) throws Exception {
        row(RowKind.DELETE, version, 0, id);
    }

    void insert(long version, long id) throws Exception {
        row(RowKind.INSERT, version, 1, id);
    }

    void snapshot(long version, long id) throws Exception {
        row(RowKind.INSERT, version, 2, id);
    }

    void row(RowKind kind, long version, int phase, long id) throws Exception {
        GenericRowData row =
                GenericRowData.ofKind(
                        kind,
                        id,
                        StringData.fromString("name " + id),
                        version,
                        timestamp(version),
                        (byte) phase);
        RowDataSerializer serializer = new RowDataSerializer(SPEC.sequencedType());
        harness.processElement(new StreamRecord<>(serializer.toBinaryRow(row)));
    }

    static long timestamp(long version) {
        return 1000 * version;
    }

    void complete(long version) throws Exception {
        harness.processWatermark(new Watermark(version));
    }

    OperatorSubtaskState checkpoint(long id) throws Exception {
        harness.prepareSnapshotPreBarrier(id);
        return harness.snapshot(id, id);
    }

    /** What a reporter would be told now. */
    long metric(String wanted) {
        List<Object> values = new ArrayList<>();
        ((VersionSequencer) harness.getOperator())
                .register(
                        new UnregisteredMetricsGroup() {
                            @Override
                            public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
                                if (name.equals(wanted)) {
                                    values.add(gauge.getValue());
                                }
                                return gauge;
                            }
                        });
        return ((Number) values.get(0)).longValue();
    }

    /** The files beyond the memory budget. */
    List<String> spillFiles() {
        String folder = harness.getEnvironment().getIOManager().getSpillingDirectoriesPaths()[0];
        String[] files = new File(folder).list((dir, name) -> name.startsWith("millrace-held-"));
        return files == null ? List.of() : List.of(files);
    }

    /**
     * What was emitted since the last call: "+I 5@3" is an insert of id 5 in version 3, "wm 2999".
     */
    List<String> emitted() {
        List<String> texts = new ArrayList<>();
        for (Object next = harness.getOutput().poll();
                next != null;
                next = harness.getOutput().poll()) {
            if (next instanceof Watermark mark) {
                texts.add("wm " + mark.getTimestamp());
            } else if (next instanceof StreamRecord<?> element
                    && element.getValue() instanceof RowData row) {
                texts.add(
                        row.getRowKind().shortString()
                                + " "
                                + row.getLong(0)
                                + "@"
                                + row.getLong(2));
            } else {
                texts.add(next.toString());
            }
        }
        return texts;
    }

    /** The versions reported since the last call. */
    List<SourceProgress> progress() {
        List<SourceProgress> messages = new ArrayList<>();
        var side = harness.getSideOutput(SourceProgress.TAG);
        while (side != null && !side.isEmpty()) {
            messages.add(SourceProgress.fromRow(side.poll().getValue()));
        }
        return messages;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
