package io.millrace.delta.source.enumerator;

import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.EnumeratorState;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.source.split.SnapshotRest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Splits that were found and not handed out, in the order in which they are read. Those of the
 * first snapshot stand in a checkpoint as one place in that order, since they can be made again.
 */
final class WaitingSplits {

    private final NavigableSet<DeltaSplit> splits = new TreeSet<>(DeltaSplit.READING_ORDER);

    /** Those of the first snapshot from this one on were never handed out. */
    private int snapshotOrdinal = Integer.MAX_VALUE;

    private Optional<SnapshotRest> rest;
    private volatile int count;

    WaitingSplits(EnumeratorState state) {
        this.rest = state.rest();
        splits.addAll(state.pending());
        count = splits.size();
    }

    /** What an earlier run left of the first snapshot, until its splits are made again. */
    Optional<SnapshotRest> rest() {
        return rest;
    }

    /** The first splits of this run are those of the snapshot that it begins with, if it does. */
    void begin(List<DeltaSplit> first) {
        first.stream()
                .mapToInt(DeltaSplit::ordinal)
                .min()
                .ifPresent(ordinal -> snapshotOrdinal = ordinal);
        rest = Optional.empty();
    }

    void addAll(Collection<DeltaSplit> more) {
        splits.addAll(more);
        count = splits.size();
    }

    void removeIf(Predicate<DeltaSplit> isNotNeeded) {
        splits.removeIf(isNotNeeded);
        count = splits.size();
    }

    boolean isEmpty() {
        return splits.isEmpty();
    }

    /** How many there are; any thread may ask. */
    int count() {
        return count;
    }

    DeltaSplit first() {
        return splits.first();
    }

    /** Hands out the first. */
    DeltaSplit takeFirst() {
        DeltaSplit split = splits.pollFirst();
        count = splits.size();
        if (split.isOfSnapshot() && split.ordinal() >= snapshotOrdinal) {
            snapshotOrdinal = split.ordinal() + 1;
        }
        return split;
    }

    /** What a checkpoint holds of them, and of the place that was reached in the log. */
    EnumeratorState state(Optional<FeedProgress> progress) {
        List<DeltaSplit> listed = new ArrayList<>();
        Optional<SnapshotRest> unlisted = rest;
        for (DeltaSplit split : splits) {
            if (!split.isOfSnapshot() || split.ordinal() < snapshotOrdinal) {
                listed.add(split);
            } else if (unlisted.isEmpty()) {
                String path = split.change().file().path();
                unlisted =
                        Optional.of(new SnapshotRest(path, split.range().start(), split.ordinal()));
            }
        }
        return new EnumeratorState(progress, unlisted, listed);
    }
}
