package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/**
 * How far a sink is, as of its last completed checkpoint.
 *
 * @param dataset identity of the target
 * @param location of the target
 * @param released newest version of each source that is contained; a source is missing until its
 *     first version is through
 * @param pending committables that are made but not committed, one that is held counted
 * @param commits of this run, oldest first; of very many only the newest
 */
@PublicEvolving
public record SinkProgress(
        String dataset,
        String location,
        Map<String, Long> released,
        int pending,
        List<SinkCommit> commits)
        implements CoordinationResponse {

    private static final long serialVersionUID = 1L;

    public SinkProgress {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        released = Collections.unmodifiableMap(new TreeMap<>(released));
        commits = List.copyOf(commits);
    }
}
