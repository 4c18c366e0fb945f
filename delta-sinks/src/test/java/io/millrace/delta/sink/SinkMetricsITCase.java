package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.write.WriteSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of writers and commits, through a reporter as theirs. */
class SinkMetricsITCase {

    private static final RowType ROWS =
            RowType.of(
                    new LogicalType[] {new BigIntType(false), new BigIntType()},
                    new String[] {"id", "v"});

    @TempDir Path folder;

    private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();

    @Test
    void reporterSeesWhatIsWrittenAndCommitted() throws Exception {
        // A reporter forgets everything when its cluster is closed.
        try (MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(reporter.addToConfiguration(new Configuration()))
                                .setNumSlotsPerTaskManager(2)
                                .withRandomPorts()
                                .build())) {
            cluster.start();
            run(cluster, RuntimeExecutionMode.STREAMING, "inserts", 1, 100);
            checkCommits("inserts");
            assertThat(sum("inserts", "insertedRows")).isEqualTo(100);
            assertThat(sum("inserts", "updatedRows")).isZero();
            assertThat(sum("inserts", "writtenBytes")).isEqualTo(dataBytes());

            run(cluster, RuntimeExecutionMode.BATCH, "changes", 91, 120);
            checkChanges();
        }
    }

    /** Of the keys from 91 to 120 each third goes; the others get the value 1. */
    private void checkChanges() {
        assertThat(sum("changes", "insertedRows")).isEqualTo(13);
        assertThat(sum("changes", "updatedRows")).isEqualTo(7);
        assertThat(sum("changes", "deletedRows")).isEqualTo(3);
        // The last flush of an input that ends leaves the index as it was.
        assertThat(sum("changes", "indexedKeys")).isEqualTo(100);
        assertThat(sum("changes", "indexBytes")).isPositive();
        assertThat(sum("changes", "indexDiskBytes")).isZero();
        assertThat(sum("changes", "indexHits")).isEqualTo(10);
        assertThat(sum("changes", "indexMisses")).isEqualTo(20);
        assertThat(sum("changes", "writtenFiles")).isPositive();
        assertThat(sum("changes", "writtenBytes")).isPositive();
        assertThat(sum("changes", "spilledBytes")).isZero();
        assertThat(sum("changes", "commits")).isEqualTo(1);
        assertThat(sum("changes", "commitConflicts")).isZero();
    }

    private void checkCommits(String job) {
        assertThat(sum(job, "commits")).isPositive();
        Histogram duration = (Histogram) metrics(job, "commitDurationMs").get(0);
        assertThat(duration.getCount()).isPositive();
        assertThat(duration.getStatistics().getMax()).isPositive();
        assertThat(sum(job, "committedVersion")).isPositive();
        assertThat(sum(job, "pendingCommittables")).isZero();
        assertThat(sum(job, "oldestPendingAgeMs")).isZero();
        assertThat(sum(job, "commitConflicts")).isZero();
        assertThat(sum(job, "failedLogUpkeep")).isZero();
    }

    private void run(
            MiniCluster cluster, RuntimeExecutionMode mode, String name, long from, long to)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        boolean changes = mode == RuntimeExecutionMode.BATCH;
        if (!changes) {
            env.enableCheckpointing(50);
        }
        DeltaSink.to(WriteSpec.of(folder.resolve("target").toString(), ROWS, List.of("id")))
                .sinkId(name)
                .retracts(false)
                .build()
                .append(
                        env.fromSequence(from, to)
                                .map(id -> changes ? change(id) : row(RowKind.INSERT, id, 0))
                                .returns(InternalTypeInfo.of(ROWS)));
        var graph = env.getStreamGraph();
        graph.setJobName(name);
        cluster.executeJobBlocking(graph.getJobGraph());
    }

    private static RowData change(long id) {
        return id % 3 == 0 ? row(RowKind.DELETE, id, 0) : row(RowKind.UPDATE_AFTER, id, 1);
    }

    private static RowData row(RowKind kind, long id, long value) {
        return GenericRowData.ofKind(kind, id, value);
    }

    private long dataBytes() throws Exception {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private long sum(String job, String name) {
        List<Metric> metrics = metrics(job, name);
        assertThat(metrics).as(name).isNotEmpty();
        return metrics.stream().mapToLong(SinkMetricsITCase::value).sum();
    }

    private static long value(Metric metric) {
        return metric instanceof Counter counter
                ? counter.getCount()
                : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    private List<Metric> metrics(String job, String name) {
        return reporter.getMetricsByGroup().entrySet().stream()
                .filter(group -> job.equals(group.getKey().getAllVariables().get("<job_name>")))
                .filter(group -> group.getValue().containsKey(name))
                .map(group -> group.getValue().get(name))
                .toList();
    }
}
