package io.millrace.tests.bench;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.ReadRange;
import io.millrace.delta.parquet.row.EncodedRows;
import io.millrace.delta.parquet.row.RowEncoder;
import io.millrace.delta.parquet.vector.VectorRow;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/**
 * From decoded vectors to binary rows, as in front of a shuffle: our encoder and Flink's serializer
 * over the same vectors, on one thread.
 */
final class EncoderComparison {

    private static final int BYTES_PER_BATCH = 512 << 10;

    private final FeedFiles feed;
    private final RowType columns;
    private final RowEncoder encoder;
    private final EncodedRows encoded;
    private final RowDataSerializer serializer;
    private final VectorRow row = new VectorRow();
    private final int[] all = IntStream.range(0, 1 << 16).toArray();

    private long rows;
    private long ourNanos;
    private long flinksNanos;

    EncoderComparison(FeedFiles feed, RowType columns) {
        this.feed = requireNonNull(feed, "feed is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.encoder = new RowEncoder(columns.getChildren(), 0, BYTES_PER_BATCH);
        this.encoded = new EncodedRows(columns.getFieldCount());
        this.serializer = new RowDataSerializer(columns);
    }

    /** CPU time of one round over the feed, for each row. */
    Nanos run() throws IOException {
        rows = 0;
        ourNanos = 0;
        flinksNanos = 0;
        for (FileToRead file : feed.files()) {
            try (ColumnarFileReader reader =
                    ColumnarFileReader.open(
                            feed.table(), feed.metadata(), file, columns, ReadRange.ALL)) {
                Optional<ColumnBatch> batch = reader.next();
                while (batch.isPresent()) {
                    encode(batch.get());
                    batch = reader.next();
                }
            }
        }
        return new Nanos((double) ourNanos / rows, (double) flinksNanos / rows);
    }

    private void encode(ColumnBatch batch) {
        long start = ColumnScan.cpuNanos();
        long ourBytes = 0;
        int next = 0;
        while (next < batch.rows()) {
            next += encoder.encode(batch.vectors(), all, next, batch.rows(), encoded);
            ourBytes += encoded.sizeInBytes();
        }
        long middle = ColumnScan.cpuNanos();
        long flinksBytes = 0;
        row.setFields(ColumnScan.fields(batch));
        for (int i = 0; i < batch.rows(); i++) {
            row.moveTo(i);
            flinksBytes += serializer.toBinaryRow(row).getSizeInBytes();
        }
        flinksNanos += ColumnScan.cpuNanos() - middle;
        ourNanos += middle - start;
        rows += batch.rows();
        if (ourBytes != flinksBytes) {
            throw new IllegalStateException("encoded differently: " + batch);
        }
    }

    /** Nanoseconds a row. */
    record Nanos(double ours, double flinks) {}
}
