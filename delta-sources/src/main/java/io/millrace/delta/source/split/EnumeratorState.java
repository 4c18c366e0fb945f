package io.millrace.delta.source.split;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * How far a table's versions were turned into splits.
 *
 * @param progress where the next look at the table begins; empty if there was no look yet
 * @param pending splits made but not handed out
 */
@Internal
public record EnumeratorState(Optional<FeedProgress> progress, List<DeltaSplit> pending) {

    public EnumeratorState {
        requireNonNull(progress, "progress is null");
        pending = List.copyOf(pending);
    }
}
