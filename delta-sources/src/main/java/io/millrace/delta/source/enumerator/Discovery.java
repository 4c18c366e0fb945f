package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.table.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the table found.
 *
 * @param fromVersion the first version that was looked for
 * @param progress where the next look begins
 * @param splits of the versions before {@code progress}
 * @param ending what comes after these versions
 * @param refusal why the version at {@code progress} cannot be read, if it cannot
 */
record Discovery(
        long fromVersion,
        FeedProgress progress,
        List<DeltaSplit> splits,
        Ending ending,
        Optional<RefusedException> refusal) {

    enum Ending {
        /** Nothing yet. */
        CAUGHT_UP,
        /** More versions, which are there already. */
        MORE,
        /** Nothing: this run reads no further version. */
        COMPLETE
    }

    Discovery {
        requireNonNull(progress, "progress is null");
        splits = List.copyOf(splits);
        requireNonNull(ending, "ending is null");
        requireNonNull(refusal, "refusal is null");
    }
}
