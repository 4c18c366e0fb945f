package io.millrace.tests.bench;

import io.millrace.bench.Round;
import io.millrace.bench.TouchedRow;
import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.ReadRange;
import io.millrace.delta.parquet.row.EncodedRows;
import io.millrace.delta.parquet.row.RowEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetColumnarRowInputFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.types.logical.RowType;

/** Some columns of a feed's files on one thread, without a job around it. */
final class ColumnScan {

    private static final int BYTES_PER_BATCH = 512 << 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private ColumnScan() {}

    /** Of this thread: what others do on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Our reader: decoded, encoded into binary rows, touched. */
    static Round ours(FeedFiles feed, RowType columns) throws IOException {
        TouchedRow touched = new TouchedRow(columns.getChildren());
        RowEncoder encoder = new RowEncoder(columns.getChildren(), 0, BYTES_PER_BATCH);
        EncodedRows encoded = new EncodedRows(columns.getFieldCount());
        BinaryRowData row = new BinaryRowData(columns.getFieldCount());
        int[] all = IntStream.range(0, 1 << 16).toArray();
        long rows = 0;
        long sum = 0;
        long start = cpuNanos();
        for (FileToRead file : feed.files()) {
            try (ColumnarFileReader reader =
                    ColumnarFileReader.open(
                            feed.table(), feed.metadata(), file, columns, ReadRange.ALL)) {
                Optional<ColumnBatch> batch = reader.next();
                while (batch.isPresent()) {
                    int end = batch.get().rows();
                    int next = 0;
                    while (next < end) {
                        next += encoder.encode(batch.get().vectors(), all, next, end, encoded);
                        for (int i = 0; i < encoded.count(); i++) {
                            encoded.point(row, i);
                            sum += touched.touch(row);
                        }
                        rows += encoded.count();
                    }
                    batch = reader.next();
                }
            }
        }
        return new Round(rows, (cpuNanos() - start) / NANOS_PER_SECOND, sum);
    }

    /** flink-parquet's vectorized reader: decoded, touched. */
    static Round flinks(FeedFiles feed, RowType columns) throws IOException {
        TouchedRow touched = new TouchedRow(columns.getChildren());
        ParquetColumnarRowInputFormat<FileSourceSplit> format = ParquetScan.format(columns);
        Configuration configuration = new Configuration();
        long rows = 0;
        long sum = 0;
        long start = cpuNanos();
        for (FileToRead file : feed.files()) {
            Path path = new Path(feed.table().resolve(file.path()));
            FileSourceSplit split = new FileSourceSplit("", path, 0, file.size(), 0, file.size());
            try (BulkFormat.Reader<RowData> reader = format.createReader(configuration, split)) {
                BulkFormat.RecordIterator<RowData> batch = reader.readBatch();
                while (batch != null) {
                    RecordAndPosition<RowData> next = batch.next();
                    while (next != null) {
                        sum += touched.touch(next.getRecord());
                        rows++;
                        next = batch.next();
                    }
                    batch.releaseBatch();
                    batch = reader.readBatch();
                }
            }
        }
        return new Round(rows, (cpuNanos() - start) / NANOS_PER_SECOND, sum);
    }
}
