package io.millrace.tests.bench;

import static java.util.Objects.requireNonNull;

import io.millrace.bench.ScanRound;
import io.millrace.bench.TouchOperator;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.formats.parquet.ParquetColumnarRowInputFormat;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;

/**
 * The files of a feed through flink-parquet's vectorized reader; every field is touched. No order,
 * no shuffle: what reading alone costs at the least.
 */
final class ParquetScan {

    private static final int BATCH_ROWS = 2048;

    private final SessionProfile profile;
    private final ClusterTarget cluster;
    private final Path warehouse;
    private final FeedFiles feed;

    ParquetScan(
            SessionProfile profile,
            ClusterTarget cluster,
            Path warehouse,
            FeedFiles feed,
            int parallelism) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.profile =
                profile.with(
                        "bench",
                        Map.of(
                                "parallelism.default",
                                String.valueOf(parallelism),
                                // Else every row would be copied between the operators.
                                "pipeline.object-reuse",
                                "true"));
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.feed = requireNonNull(feed, "feed is null");
    }

    ScanRound run() throws Exception {
        RowType columns = feed.columnsAndChangeType();
        StreamExecutionEnvironment execution =
                new SessionFactory(profile, cluster, warehouse).openToRun(Map.of()).execution();
        FileSource<org.apache.flink.table.data.RowData> files =
                FileSource.forBulkFileFormat(
                                format(columns),
                                feed.files().stream()
                                        .map(file -> feed.table().resolve(file.path()))
                                        .map(org.apache.flink.core.fs.Path::new)
                                        .toArray(org.apache.flink.core.fs.Path[]::new))
                        .build();
        execution
                .fromSource(files, WatermarkStrategy.noWatermarks(), "files")
                .transform("Touch every field", Types.LONG, new TouchOperator(columns))
                .sinkTo(new DiscardingSink<>());
        JobClient job = execution.executeAsync("flink-parquet");
        return ScanRound.of(job.getJobExecutionResult().get(), ScanRound.processCpuNanos());
    }

    static ParquetColumnarRowInputFormat<FileSourceSplit> format(RowType columns) {
        return new ParquetColumnarRowInputFormat<>(
                new Configuration(), columns, InternalTypeInfo.of(columns), BATCH_ROWS, true, true);
    }
}
