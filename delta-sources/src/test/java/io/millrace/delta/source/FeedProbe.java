package io.millrace.delta.source;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Makes rows and watermarks visible in their order: {@code version+I(id, name, part)} and {@code
 * complete version}. Flink's own end of time is left out. An attempt after a failure begins with
 * {@code attempt N}.
 */
final class FeedProbe extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<RowData, String> {

    private static final long serialVersionUID = 1L;

    private final boolean failOnce;
    private transient int seen;
    private transient boolean checkpointed;

    /**
     * @param failOnce whether the first attempt fails in the middle of the feed, once a checkpoint
     *     is complete
     */
    FeedProbe(boolean failOnce) {
        this.failOnce = failOnce;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        checkpointed = true;
    }

    @Override
    public void processElement(StreamRecord<RowData> element) {
        RowData row = element.getValue();
        int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        if (attempt > 0 && seen == 0) {
            output.collect(new StreamRecord<>("attempt " + attempt));
        }
        seen++;
        if (failOnce && checkpointed && attempt == 0 && seen > 1000) {
            throw new IllegalStateException("fails as the test wants it");
        }
        String text =
                SequencedRows.version(row)
                        + row.getRowKind().shortString()
                        + "("
                        + row.getLong(0)
                        + ", "
                        + row.getString(1)
                        + ", "
                        + (row.isNullAt(2) ? null : row.getString(2))
                        + ")";
        output.collect(new StreamRecord<>(text));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() < SequencedRows.END) {
            output.collect(new StreamRecord<>("complete " + mark.getTimestamp()));
        } else if (mark.getTimestamp() == SequencedRows.END) {
            output.collect(new StreamRecord<>("end"));
        }
        super.processWatermark(mark);
    }
}
