package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Keeps what the commit operator reports, for clients that ask how far the sink is. Decides nothing
 * and has no state to restore; a new attempt of the operator reports again.
 */
final class CommitCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

    private static final int MAX_COMMITS = 10_000;

    private final String dataset;
    private final String location;
    private final Deque<SinkCommit> commits = new ArrayDeque<>();
    private Map<String, Long> released = Map.of();
    private int pending;

    CommitCoordinator(String dataset, String location) {
        this.dataset = requireNonNull(dataset, "dataset is null");
        this.location = requireNonNull(location, "location is null");
    }

    @Override
    public synchronized void handleEventFromOperator(
            int subtask, int attemptNumber, OperatorEvent event) {
        if (!(event instanceof SinkProgressEvent progress)) {
            throw new IllegalArgumentException("not an event of a commit operator: " + event);
        }
        released = progress.released();
        pending = progress.pending();
        for (SinkCommit commit : progress.commits()) {
            // A commit is reported again when an attempt failed right after it.
            if (commits.isEmpty() || commits.peekLast().version() < commit.version()) {
                commits.addLast(commit);
            }
        }
        while (commits.size() > MAX_COMMITS) {
            commits.removeFirst();
        }
    }

    @Override
    public synchronized CompletableFuture<CoordinationResponse> handleCoordinationRequest(
            CoordinationRequest request) {
        return CompletableFuture.completedFuture(
                new SinkProgress(dataset, location, released, pending, List.copyOf(commits)));
    }

    @Override
    public void start() {}

    @Override
    public void close() {}

    @Override
    public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
        result.complete(new byte[0]);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {}

    @Override
    public void resetToCheckpoint(long checkpointId, byte[] checkpointData) {}

    @Override
    public void subtaskReset(int subtask, long checkpointId) {}

    @Override
    public void executionAttemptFailed(int subtask, int attemptNumber, Throwable reason) {}

    @Override
    public void executionAttemptReady(int subtask, int attemptNumber, SubtaskGateway gateway) {}

    /** Makes the coordinator in the job manager. */
    record Provider(OperatorID operatorId, String dataset, String location)
            implements OperatorCoordinator.Provider {

        private static final long serialVersionUID = 1L;

        @Override
        public OperatorID getOperatorId() {
            return operatorId;
        }

        @Override
        public OperatorCoordinator create(Context context) {
            return new CommitCoordinator(dataset, location);
        }
    }
}
