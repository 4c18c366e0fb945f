package io.millrace.delta.source.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.source.SequencedRows;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

class EndOfStreamGuardTest {

    @Test
    void swallowsOnlyTheWatermarkOfAnEndedSource() throws Exception {
        try (OneInputStreamOperatorTestHarness<RowData, RowData> guard =
                new OneInputStreamOperatorTestHarness<>(new EndOfStreamGuard())) {
            StreamRecord<RowData> row = new StreamRecord<>(GenericRowData.of(1L));
            guard.open();
            guard.processElement(row);
            guard.processWatermark(new Watermark(7));
            guard.processWatermark(Watermark.MAX_WATERMARK);
            guard.processWatermark(new Watermark(SequencedRows.END));

            assertThat(guard.getOutput())
                    .containsExactly(row, new Watermark(7), new Watermark(SequencedRows.END));
        }
    }
}
