package io.millrace.delta.source.sql;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Says at every checkpoint which rows a changelog amounts to: what a sink would have committed.
 * Runs at parallelism 1.
 */
final class CheckpointRecorder extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<Row, String> {

    private static final long serialVersionUID = 1L;

    private final int failAfterCheckpoint;

    private transient TreeMap<String, Integer> rows;
    private transient ListState<String> state;

    /** Fails once, at the checkpoint of that number; never where it is 0. */
    CheckpointRecorder(int failAfterCheckpoint) {
        this.failAfterCheckpoint = failAfterCheckpoint;
    }

    /** The text of a multiset of rows. */
    static String text(Map<String, Integer> rows) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(rows)
                .forEach((row, count) -> text.append(count).append(" x ").append(row).append('\n'));
        return text.toString();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("rows", Types.STRING));
        rows = new TreeMap<>();
        for (String row : state.get()) {
            rows.merge(row, 1, Integer::sum);
        }
    }

    @Override
    public void processElement(StreamRecord<Row> element) {
        Row row = element.getValue();
        boolean adds = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
        row.setKind(RowKind.INSERT);
        rows.merge(row.toString(), adds ? 1 : -1, CheckpointRecorder::nonZero);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        if (checkpointId == failAfterCheckpoint
                && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
            throw new IllegalStateException("fails once, as the test wants it");
        }
        output.collect(new StreamRecord<>(text(rows)));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.clear();
        for (Map.Entry<String, Integer> row : rows.entrySet()) {
            if (row.getValue() < 0) {
                throw new IllegalStateException("taken back but never given: " + row.getKey());
            }
            for (int i = 0; i < row.getValue(); i++) {
                state.add(row.getKey());
            }
        }
    }

    private static Integer nonZero(Integer one, Integer other) {
        return one + other == 0 ? null : Integer.valueOf(one + other);
    }
}
