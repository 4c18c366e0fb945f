package io.millrace.delta.source.split;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * How far a table's versions were turned into splits.
 *
 * @param progress where the next look at the table begins; empty if there was no look yet
 * @param rest what of the first snapshot was not handed out; these splits are made again
 * @param pending other splits made but not handed out
 */
@Internal
public record EnumeratorState(
        Optional<FeedProgress> progress, Optional<SnapshotRest> rest, List<DeltaSplit> pending) {

    public EnumeratorState {
        requireNonNull(progress, "progress is null");
        requireNonNull(rest, "rest is null");
        pending = List.copyOf(pending);
    }

    public EnumeratorState(Optional<FeedProgress> progress, List<DeltaSplit> pending) {
        this(progress, Optional.empty(), pending);
    }
}
