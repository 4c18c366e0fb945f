package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.NeededRows;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.enumerator.Discovery.Ending;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.EnumeratorState;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.source.split.SnapshotRest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.table.connector.source.DynamicFilteringEvent;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Hands out the versions of a table, file by file, in the order of the versions, to readers that
 * ask.
 *
 * <p>Tells all readers up to which version everything was handed out ({@link AssignedVersion}): the
 * smallest of the next version and the versions of splits that are pending, minus one. Only when
 * all readers are registered, and to all again when one joins, because a reader that starts anew
 * knows nothing. It never concludes that a version was read: after a failure of readers alone it
 * keeps running while they go back. What it tells of released versions are facts of a complete
 * checkpoint ({@link ReaderReports}); a reader may end only when all have declared the last version
 * complete, because splits that would be replayed go with it.
 *
 * <p>A version that cannot be read is a barrier. All versions before it are handed out; when the
 * readers are done with them and a checkpoint after that is complete, the job fails with the
 * reason; without checkpoints, a poll interval later.
 */
@Internal
public final class DeltaEnumerator implements SplitEnumerator<DeltaSplit, EnumeratorState> {

    /**
     * No look while so many splits wait, so that a backlog fills neither the memory nor the
     * checkpoints.
     */
    static final int MAX_PENDING = 2_000;

    private static final long PACE_MILLIS = 100;

    private final SplitEnumeratorContext<DeltaSplit> context;
    private final FeedPlanner planner;
    private final SourceRun run;
    private final WaitingSplits pending;
    private final Set<Integer> waiting = new TreeSet<>();
    private final ReadPace pace;
    private final SplitsInFlight inFlight;
    private final EnumeratorMetrics metrics;
    private final ReaderReports reports = new ReaderReports();
    private final Barrier barrier = new Barrier();

    private volatile Optional<FeedProgress> progress;
    private volatile boolean looking = true;

    /** Whether more versions are known to be there than were turned into splits. */
    private boolean more;

    private boolean complete;
    private Optional<AssignedVersion> announced = Optional.empty();

    /** A source without state. */
    public static DeltaEnumerator start(
            SplitEnumeratorContext<DeltaSplit> context,
            ReadSpec spec,
            SourceRun run,
            NeededRows rows) {
        return new DeltaEnumerator(
                context,
                new NeededPlanner(new TableFeedPlanner(spec.table(), spec, run), rows),
                run,
                new EnumeratorState(Optional.empty(), List.of()));
    }

    /** A source that continues. */
    public static DeltaEnumerator resume(
            SplitEnumeratorContext<DeltaSplit> context,
            ReadSpec spec,
            SourceRun run,
            EnumeratorState state) {
        return new DeltaEnumerator(
                context, new TableFeedPlanner(spec.table(), spec, run), run, state);
    }

    DeltaEnumerator(
            SplitEnumeratorContext<DeltaSplit> context,
            FeedPlanner planner,
            SourceRun run,
            EnumeratorState state) {
        this.context = requireNonNull(context, "context is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.run = requireNonNull(run, "run is null");
        this.pace = new ReadPace(run.limits(), System::nanoTime);
        this.inFlight = new SplitsInFlight(run.limits().bytesAhead());
        this.metrics = new EnumeratorMetrics(System::currentTimeMillis);
        this.progress = state.progress();
        this.pending = new WaitingSplits(state);
    }

    @Override
    public void start() {
        metrics.register(context.metricGroup(), planner);
        Optional<FeedProgress> restored = progress;
        Optional<SnapshotRest> left = pending.rest();
        context.callAsync(
                () -> restored.isPresent() ? planner.resume(restored.get(), left) : planner.start(),
                this::begin);
    }

    private void begin(Discovery discovery, Throwable failure) {
        rethrow(failure);
        pending.begin(discovery.splits());
        take(discovery);
        if (looking) {
            context.callAsync(this::look, this::found, 0L, run.pollInterval().toMillis());
        }
        if (pace.isLimited()) {
            context.callAsync(
                    () -> Boolean.TRUE, (tick, none) -> handOut(), PACE_MILLIS, PACE_MILLIS);
        }
    }

    /** Runs outside the enumerator's thread. */
    private Optional<Discovery> look() {
        return looking && pending.count() < MAX_PENDING
                ? planner.discover(progress.orElseThrow())
                : Optional.empty();
    }

    private void found(Optional<Discovery> discovery, Throwable failure) {
        rethrow(failure);
        // Looks may follow each other before the first is taken; then they found the same.
        discovery
                .filter(d -> looking && d.fromVersion() == progress.orElseThrow().nextVersion())
                .ifPresent(this::take);
        barrier.looked(isQuiet(), run.checkpointed());
    }

    private void take(Discovery discovery) {
        progress = Optional.of(discovery.progress());
        pending.addAll(discovery.splits().stream().filter(planner::needs).toList());
        barrier.set(discovery.refusal());
        complete = discovery.ending() == Ending.COMPLETE;
        looking = !complete && !barrier.isUp();
        more = discovery.ending() == Ending.MORE;
        metrics.found(Math.max(planner.newestVersion(), discovery.progress().nextVersion() - 1));
        handOut();
    }

    @Override
    public void handleSplitRequest(int subtask, String requesterHostname) {
        waiting.add(subtask);
        inFlight.ended(subtask);
        handOut();
    }

    private void handOut() {
        Iterator<Integer> readers = waiting.iterator();
        while (readers.hasNext()) {
            int reader = readers.next();
            if (!context.registeredReaders().containsKey(reader)) {
                readers.remove();
            } else if (!pending.isEmpty()) {
                if (!inFlight.allows(pending.first()) || !pace.allows()) {
                    break;
                }
                DeltaSplit split = pending.takeFirst();
                pace.took(split);
                inFlight.started(reader, split);
                context.assignSplit(split, reader);
                readers.remove();
            } else if (complete && run.bounded() && allRegistered() && mayEnd()) {
                // A reader that ends must have been told the last version, to say it before.
                announce();
                reports.letGo(reader);
                context.signalNoMoreSplits(reader);
                readers.remove();
            } else {
                break;
            }
        }
        metrics.waiting(pending.count(), pending.isEmpty() ? null : pending.first());
        announce();
        if (more && pending.count() < MAX_PENDING / 2) {
            more = false;
            context.callAsync(this::look, this::found);
        }
        if (run.bounded()) {
            barrier.ends(isQuiet());
        }
    }

    private boolean mayEnd() {
        return !run.holding().replay() || reports.allThrough(context.currentParallelism());
    }

    private void announce() {
        if (progress.isEmpty() || pending.rest().isPresent() || !allRegistered()) {
            return;
        }
        long next = progress.get().nextVersion();
        long open = pending.isEmpty() ? next : Math.min(next, pending.first().version());
        long assigned = open - 1;
        if (assigned < progress.get().snapshotVersion()) {
            // Before its first snapshot a source has no version at all, not even an older one.
            return;
        }
        boolean last = complete && run.bounded() && run.holding().replay() && assigned == next - 1;
        AssignedVersion event = new AssignedVersion(assigned, last);
        if (!Optional.of(event).equals(announced)) {
            announced = Optional.of(event);
            metrics.handedOut(assigned);
            tellAll(event);
        }
    }

    private void tellAll(SourceEvent event) {
        for (int reader : reports.listening(context.registeredReaders().keySet())) {
            context.sendEventToSourceReader(reader, event);
        }
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof ReaderWatermark report) {
            reports.at(subtask, report);
        } else if (event instanceof ReaderThrough) {
            reports.through(subtask);
            handOut();
        } else if (event instanceof DynamicFilteringEvent joined) {
            pending.removeIf(planner.notNeededBy(joined.getData()));
        } else {
            throw new IllegalArgumentException("unknown event: " + event);
        }
    }

    @Override
    public void addReader(int subtask) {
        waiting.remove(subtask);
        reports.restarted(subtask);
        announced = Optional.empty();
        announce();
    }

    @Override
    public void addSplitsBack(List<DeltaSplit> splits, int subtask) {
        pending.addAll(splits);
        inFlight.ended(subtask);
        reports.restarted(subtask);
        announced = Optional.empty();
        barrier.readersGoBack();
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        barrier.checkpointBegins(checkpointId, isQuiet());
        // Not when a checkpoint is complete: after a last savepoint readers take no events.
        reports.released().ifPresent(version -> tellAll(new ReleasedVersion(version)));
        return pending.state(progress);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        reports.complete(checkpointId, context.currentParallelism());
        barrier.checkpointCompletes(checkpointId);
    }

    /** Whether everything handed out was read: readers ask only when they are done. */
    private boolean isQuiet() {
        return pending.isEmpty()
                && allRegistered()
                && waiting.size() == context.currentParallelism();
    }

    private boolean allRegistered() {
        return context.registeredReaders().size() == context.currentParallelism();
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure != null) {
            throw new FlinkRuntimeException(failure);
        }
    }

    @Override
    public void close() {}
}
