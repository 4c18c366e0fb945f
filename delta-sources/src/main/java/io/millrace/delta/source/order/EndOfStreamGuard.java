package io.millrace.delta.source.order;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Keeps the watermark that Flink itself sends when a source ends from reaching the sequencer.
 *
 * <p>{@link Watermark#MAX_WATERMARK} is sent by a drained source too, in the middle of a version,
 * and would release what is not complete. The reader says by its own watermark that it is through.
 * Stands chained behind the source: further on, the minimum over readers has already been taken.
 */
public final class EndOfStreamGuard extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<RowData> element) {
        output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
            super.processWatermark(mark);
        }
    }
}
