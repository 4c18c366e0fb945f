package io.millrace.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;

/** Asks the sinks of a job how far they are. */
final class SinkReports {
    private final List<String> sinks;

    SinkReports(List<String> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    Map<String, Optional<SinkReport>> of(JobClient client) throws InterruptedException {
        Map<String, Optional<SinkReport>> reports = new LinkedHashMap<>();
        for (String sink : sinks) {
            reports.put(sink, Optional.empty());
        }
        return reports;
    }
}
