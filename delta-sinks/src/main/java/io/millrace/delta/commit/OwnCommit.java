package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.VersionActions;
import java.util.Map;
import java.util.TreeMap;

/**
 * A commit that a sink has made.
 *
 * @param version of the table
 * @param counter its number within the sink
 * @param fence whether it has no rows, and only keeps older runs from committing
 * @param run that made it; empty if the job had no run id
 * @param parameters what else it says
 */
public record OwnCommit(
        long version, long counter, boolean fence, String run, Map<String, String> parameters) {

    public OwnCommit {
        requireNonNull(run, "run is null");
        parameters = Map.copyOf(parameters);
    }

    static OwnCommit of(VersionActions commit, String sinkId) {
        Map<String, String> parameters = commit.info().parameters();
        return new OwnCommit(
                commit.version(),
                commit.transactions().get(sinkId),
                "true".equals(parameters.get(CommitParameters.FENCE)),
                parameters.getOrDefault(CommitParameters.RUN, ""),
                parameters);
    }

    /** Parameters of a fence behind this commit: the table stays the result that it is. */
    Map<String, String> fenceParameters(CommitFacts facts, String token) {
        Map<String, String> fence = new TreeMap<>(facts.parameters());
        for (String kept : new String[] {CommitParameters.CHECKPOINT, CommitParameters.SOURCES}) {
            if (parameters.containsKey(kept)) {
                fence.put(kept, parameters.get(kept));
            }
        }
        fence.put(CommitParameters.TOKEN, token);
        fence.put(CommitParameters.FENCE, "true");
        return fence;
    }
}
