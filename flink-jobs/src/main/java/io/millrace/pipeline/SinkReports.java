package io.millrace.pipeline;

import io.millrace.delta.sink.SinkCommit;
import io.millrace.delta.sink.SinkProgress;
import io.millrace.delta.sink.SinkProgressRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** Asks the sinks of a job how far they are. */
final class SinkReports {
    private static final long ANSWER_SECONDS = 30;

    private final List<String> sinks;

    SinkReports(List<String> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    /**
     * The report of each sink; empty where a sink does not answer because its job is not (yet)
     * running.
     */
    Map<String, Optional<SinkReport>> of(JobClient client) throws InterruptedException {
        if (!(client instanceof CoordinationRequestGateway gateway)) {
            throw new IllegalStateException(client + " cannot ask the operators of its job.");
        }
        Map<String, Optional<SinkReport>> reports = new LinkedHashMap<>();
        for (String sink : sinks) {
            reports.put(sink, report(gateway, sink));
        }
        return reports;
    }

    private static Optional<SinkReport> report(CoordinationRequestGateway gateway, String sink)
            throws InterruptedException {
        try {
            CoordinationResponse response =
                    gateway.sendCoordinationRequest("commit-" + sink, new SinkProgressRequest())
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return response instanceof SinkProgress progress
                    ? Optional.of(report(progress))
                    : Optional.empty();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static SinkReport report(SinkProgress progress) {
        List<SinkCommit> commits = progress.commits();
        return new SinkReport(
                progress.released(),
                progress.pending() > 0,
                commits.size(),
                commits.isEmpty() ? -1 : commits.get(commits.size() - 1).version());
    }
}
