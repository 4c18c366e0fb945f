package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.write.WriteSpec;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of commits, through a reporter as theirs. */
class CommitMetricsITCase {

    private static final RowType ROWS =
            RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"id"});

    @TempDir Path folder;

    @Test
    void reporterSeesCommitsTheirDurationAndWhatIsPending() throws Exception {
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(50);
        DataStream<RowData> rows =
                env.fromSequence(1, 100)
                        .map(id -> (RowData) GenericRowData.of(id))
                        .returns(InternalTypeInfo.of(ROWS));
        DeltaSink.to(WriteSpec.of(folder.resolve("target").toString(), ROWS, List.of("id")))
                .build()
                .append(rows);

        // A reporter forgets everything when its cluster is closed.
        try (MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(reporter.addToConfiguration(new Configuration()))
                                .withRandomPorts()
                                .build())) {
            cluster.start();
            cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
            check(reporter);
        }
    }

    private static void check(InMemoryReporter reporter) {
        assertThat(((Counter) metric(reporter, "commits")).getCount()).isPositive();
        Histogram duration = (Histogram) metric(reporter, "commitDurationMs");
        assertThat(duration.getCount()).isPositive();
        assertThat(duration.getStatistics().getMax()).isPositive();
        assertThat(gauge(reporter, "committedVersion")).isPositive();
        assertThat(gauge(reporter, "pendingCommittables")).isZero();
        assertThat(gauge(reporter, "oldestPendingAgeMs")).isZero();
        assertThat(gauge(reporter, "commitConflicts")).isZero();
        assertThat(gauge(reporter, "failedLogUpkeep")).isZero();
    }

    private static long gauge(InMemoryReporter reporter, String name) {
        return ((Number) ((Gauge<?>) metric(reporter, name)).getValue()).longValue();
    }

    private static Metric metric(InMemoryReporter reporter, String name) {
        return reporter.getMetricsByGroup().values().stream()
                .filter(group -> group.containsKey("commitDurationMs"))
                .map(group -> group.get(name))
                .findFirst()
                .orElseThrow();
    }
}
