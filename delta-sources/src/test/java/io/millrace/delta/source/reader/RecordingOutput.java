package io.millrace.delta.source.reader;

import io.millrace.delta.source.SequencedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** Rows as {@code version+I(id, ..)}, watermarks as {@code complete N}, in order. */
final class RecordingOutput implements ReaderOutput<RowData> {

    final List<String> all = new ArrayList<>();

    @Override
    public void collect(RowData row) {
        StringBuilder text = new StringBuilder();
        text.append(SequencedRows.version(row)).append(row.getRowKind().shortString());
        text.append('(').append(row.getLong(0));
        for (int i = 1; i < row.getArity() - SequencedRows.EXTRA_COLUMNS; i++) {
            text.append(", ").append(row.isNullAt(i) ? "null" : row.getString(i));
        }
        all.add(text.append(')').toString());
    }

    @Override
    public void collect(RowData row, long timestamp) {
        collect(row);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        all.add(
                watermark.getTimestamp() == SequencedRows.END
                        ? "end"
                        : "complete " + watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
        throw new AssertionError("a reader is never idle");
    }

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<RowData> createOutputForSplit(String splitId) {
        throw new AssertionError("all goes through the main output");
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
}
