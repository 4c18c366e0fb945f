package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * The commit operator's report to its coordinator.
 *
 * @param released newest version of each source in the last completed checkpoint
 * @param pending committables that are made but not committed
 * @param commits made since the last report
 */
record SinkProgressEvent(Map<String, Long> released, int pending, List<SinkCommit> commits)
        implements OperatorEvent {

    private static final long serialVersionUID = 1L;

    SinkProgressEvent {
        requireNonNull(commits, "commits is null");
        released = Collections.unmodifiableMap(new TreeMap<>(released));
        commits = List.copyOf(commits);
    }
}
