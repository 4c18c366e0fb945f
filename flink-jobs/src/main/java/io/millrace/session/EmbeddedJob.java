package io.millrace.session;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/**
 * A job on the cluster in this process that says why it failed. Flink keeps the last failure of a
 * job; where a coordinator finds that its task is gone, that is the one, and it hides why the task
 * went. This one gives the failure of the task that failed first.
 */
final class EmbeddedJob implements JobClient, CoordinationRequestGateway {
    private final MiniClusterJobClient job;
    private final MiniCluster cluster;

    EmbeddedJob(MiniClusterJobClient job, MiniCluster cluster) {
        this.job = requireNonNull(job, "job is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return job.getJobExecutionResult().exceptionallyCompose(this::whyItFailed);
    }

    private CompletableFuture<JobExecutionResult> whyItFailed(Throwable last) {
        return cluster.getExecutionGraphInfo(getJobID())
                .handle(
                        (graph, unknown) -> {
                            Optional<Throwable> first =
                                    graph == null ? Optional.empty() : firstFailure(graph);
                            first.ifPresent(failure -> failure.addSuppressed(last));
                            throw new CompletionException(first.orElse(last));
                        });
    }

    private static Optional<Throwable> firstFailure(ExecutionGraphInfo graph) {
        return StreamSupport.stream(
                        graph.getArchivedExecutionGraph().getAllExecutionVertices().spliterator(),
                        false)
                .map(AccessExecutionVertex::getFailureInfo)
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(ErrorInfo::getTimestamp))
                .map(failure -> deserialized(failure));
    }

    private static Throwable deserialized(ErrorInfo failure) {
        return failure.getException().deserializeError(EmbeddedJob.class.getClassLoader());
    }

    @Override
    public JobID getJobID() {
        return job.getJobID();
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return job.getJobStatus();
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return job.cancel();
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime, String folder, SavepointFormatType format) {
        return job.stopWithSavepoint(advanceToEndOfEventTime, folder, format);
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(String folder, SavepointFormatType format) {
        return job.triggerSavepoint(folder, format);
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return job.getAccumulators();
    }

    @Override
    public CompletableFuture<CoordinationResponse> sendCoordinationRequest(
            String operatorUid, CoordinationRequest request) {
        return job.sendCoordinationRequest(operatorUid, request);
    }

    @Override
    public void reportHeartbeat(long expiredTimestamp) {
        job.reportHeartbeat(expiredTimestamp);
    }
}
