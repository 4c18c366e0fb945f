package io.millrace.artifacts.metrics;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes {@link JobMetricsReporter}; found by Flink. */
public final class JobMetricsReporterFactory implements MetricReporterFactory {
    private static final String NAME = "millrace";
    private static final String FOLDER = "folder";
    private static final String REPORTERS = "metrics.reporters";
    private static final String OPTION = "metrics.reporter." + NAME + ".";

    /**
     * Options of a cluster that reports into a folder.
     *
     * @param reporters that the cluster has besides, as Flink's option has them; may be empty
     */
    public static Map<String, String> options(Path folder, String reporters) {
        return Map.of(
                REPORTERS,
                reporters.isBlank() ? NAME : reporters + "," + NAME,
                OPTION + "factory.class",
                JobMetricsReporterFactory.class.getName(),
                OPTION + "interval",
                "2 s",
                OPTION + FOLDER,
                folder.toAbsolutePath().toString());
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new JobMetricsReporter(Path.of(properties.getProperty(FOLDER)));
    }
}
