package io.millrace.tests.bench;

import io.millrace.bench.Round;
import io.millrace.bench.TouchedRow;
import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.ReadRange;
import io.millrace.delta.parquet.vector.FieldVector;
import io.millrace.delta.parquet.vector.VectorRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetColumnarRowInputFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Some columns of a feed's files on one thread, without a job around it. */
final class ColumnScan {

    private static final double NANOS_PER_SECOND = 1e9;

    private ColumnScan() {}

    /** Of this thread: what others do on the machine does not count. */
    static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Our reader as in a batch job: decoded, touched. */
    static Round ours(FeedFiles feed, RowType columns) throws IOException {
        TouchedRow touched = new TouchedRow(columns.getChildren());
        VectorRow row = new VectorRow();
        long rows = 0;
        long sum = 0;
        long start = cpuNanos();
        for (FileToRead file : feed.files()) {
            try (ColumnarFileReader reader =
                    ColumnarFileReader.open(
                            feed.table(), feed.metadata(), file, columns, ReadRange.ALL)) {
                Optional<ColumnBatch> batch = reader.next();
                while (batch.isPresent()) {
                    row.setFields(fields(batch.get()));
                    for (int i = 0; i < batch.get().rows(); i++) {
                        row.moveTo(i);
                        sum += touched.touch(row);
                    }
                    rows += batch.get().rows();
                    batch = reader.next();
                }
            }
        }
        return new Round(rows, (cpuNanos() - start) / NANOS_PER_SECOND, sum);
    }

    static FieldVector[] fields(ColumnBatch batch) {
        return Arrays.stream(batch.vectors().columns)
                .map(FieldVector::of)
                .toArray(FieldVector[]::new);
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
