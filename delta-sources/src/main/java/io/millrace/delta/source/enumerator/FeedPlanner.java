package io.millrace.delta.source.enumerator;

import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.source.split.SnapshotRest;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.table.connector.source.DynamicFilteringData;

/** Turns the versions of a table into splits. Its calls block; they never run at the same time. */
interface FeedPlanner {

    /** The first look of a source without state. */
    Discovery start();

    /**
     * Continues where an earlier run stood; finds no splits but those of the first snapshot that
     * were not handed out.
     *
     * @throws io.millrace.delta.table.RefusedException if the table is not the one that was read
     */
    Discovery resume(FeedProgress from, Optional<SnapshotRest> rest);

    /** The versions from {@code from} on; empty if there is none yet. */
    Optional<Discovery> discover(FeedProgress from);

    /** Files that were left out so far because no row of theirs is needed. */
    default long filesSkipped() {
        return 0;
    }

    /** The newest version there is, as far as a look needed to know; -1 if none did. */
    default long newestVersion() {
        return -1;
    }

    /**
     * The enumerator's thread says what a join needs, as its other side turned out to be; the
     * answer is which splits are not needed.
     */
    default Predicate<DeltaSplit> notNeededBy(DynamicFilteringData join) {
        return split -> false;
    }

    /** Whether a split must be read, as far as is known; asked by the enumerator's thread. */
    default boolean needs(DeltaSplit split) {
        return true;
    }
}
