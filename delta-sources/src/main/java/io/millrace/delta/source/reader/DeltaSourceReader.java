package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.EmittedRows;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.enumerator.AssignedVersion;
import io.millrace.delta.source.enumerator.ReaderThrough;
import io.millrace.delta.source.enumerator.ReaderWatermark;
import io.millrace.delta.source.enumerator.ReleasedVersion;
import io.millrace.delta.source.split.DeltaSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;

/**
 * Emits the rows of its splits, and after them a truthful watermark: a version such that no row of
 * it or of an earlier one comes from this reader any more. That is what the enumerator said was
 * handed out, or less while a split is unfinished. The watermark is not state: a reader that starts
 * again knows nothing until it is told. It is never idle, else others would be believed for it.
 *
 * <p>Asks for a split when it has none; in a batch job, where nothing hangs on what it has emitted,
 * already when it has read all. A split's position in a checkpoint is the row after the last one
 * emitted; splits that are replayed stand there from their start, and stay there until a complete
 * checkpoint lies behind their version.
 */
@Internal
public final class DeltaSourceReader implements SourceReader<RowData, DeltaSplit> {

    /** Nothing waits for its turn between two rows of a batch job. */
    private static final int ROWS_AT_ONCE_IN_BATCH = 64;

    private final SourceReaderContext context;
    private final ReadSpec spec;
    private final boolean asksAhead;
    private final int rowsAtOnce;
    private final ReadAhead ahead;
    private final ReaderMetrics metrics;

    /** The first is the one whose rows are emitted. */
    private final ArrayDeque<DeltaSplit> unfinished = new ArrayDeque<>();

    /** Splits that are done and would be read again. */
    private final ArrayDeque<DeltaSplit> replayed = new ArrayDeque<>();

    private Optional<ReadBatch> batch = Optional.empty();
    private int next;
    private int end;
    private long position;
    private long assigned = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;
    private long last = Long.MAX_VALUE;
    private boolean noMoreSplits;
    private boolean asked;

    public DeltaSourceReader(SourceReaderContext context, ReadSpec spec, EmittedRows emitted) {
        this.context = requireNonNull(context, "context is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.asksAhead = emitted instanceof EmittedRows.Viewed;
        this.rowsAtOnce = asksAhead ? ROWS_AT_ONCE_IN_BATCH : 1;
        this.ahead = new ReadAhead(spec, new TableSplitOpener(spec, emitted));
        this.metrics = new ReaderMetrics(context.metricGroup());
    }

    @Override
    public void start() {
        ahead.start();
        if (unfinished.isEmpty()) {
            ask();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) {
        if (next < end) {
            ReadBatch rows = batch.orElseThrow();
            int until = Math.min(end, next + rowsAtOnce);
            while (next < until) {
                emit(rows, output);
            }
            return InputStatus.MORE_AVAILABLE;
        }
        batch.ifPresent(this::finish);
        advanceWatermark(output);
        if (watermark >= last) {
            context.sendSourceEventToCoordinator(new ReaderThrough(last));
            last = Long.MAX_VALUE;
        }
        if (noMoreSplits && unfinished.isEmpty()) {
            output.emitWatermark(new Watermark(SequencedRows.END));
            return InputStatus.END_OF_INPUT;
        }
        batch = ahead.poll();
        batch.ifPresent(this::begin);
        if (asksAhead && ahead.isIdle()) {
            ask();
        }
        return batch.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    private void ask() {
        if (!asked && !noMoreSplits) {
            asked = true;
            context.sendSplitRequest();
        }
    }

    private void begin(ReadBatch rows) {
        long version = unfinished.getFirst().version();
        if (version <= watermark && rows.count() > 0) {
            throw new IllegalStateException(
                    spec.location()
                            + ": cannot emit a row of version "
                            + version
                            + ": this reader has said that version "
                            + watermark
                            + " is complete. This is an error in Millrace; please report it.");
        }
        next = 0;
        end = rows.count();
    }

    private void emit(ReadBatch rows, ReaderOutput<RowData> output) {
        output.collect(rows.row(next));
        position = rows.nextPosition(next);
        next++;
    }

    private void finish(ReadBatch rows) {
        metrics.count(rows);
        if (rows.last()) {
            DeltaSplit done = unfinished.removeFirst();
            metrics.finished(done);
            if (done.delivery() == Delivery.REPLAYED) {
                replayed.addLast(done);
            }
            position = unfinished.isEmpty() ? 0 : unfinished.getFirst().nextPosition();
            if (unfinished.isEmpty()) {
                ask();
            }
        }
        batch = Optional.empty();
        ahead.release(rows);
    }

    private void advanceWatermark(ReaderOutput<RowData> output) {
        long complete = assigned;
        for (DeltaSplit split : unfinished) {
            if (split.isOfSnapshot()) {
                // The version before the first snapshot is no state that anybody may see.
                return;
            }
            complete = Math.min(complete, split.version() - 1);
        }
        if (complete > watermark) {
            watermark = complete;
            output.emitWatermark(new Watermark(watermark));
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return next < end ? CompletableFuture.completedFuture(null) : ahead.available();
    }

    @Override
    public void addSplits(List<DeltaSplit> splits) {
        List<DeltaSplit> ordered = new ArrayList<>(splits);
        ordered.sort(DeltaSplit.READING_ORDER);
        if (unfinished.isEmpty() && !ordered.isEmpty()) {
            position = ordered.get(0).nextPosition();
        }
        asked = false;
        for (DeltaSplit split : ordered) {
            unfinished.addLast(split);
            ahead.add(split);
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        ahead.wake();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof AssignedVersion told) {
            assigned = told.version();
            last = told.last() ? told.version() : Long.MAX_VALUE;
            ahead.wake();
        } else if (event instanceof ReleasedVersion told) {
            replayed.removeIf(split -> split.version() <= told.version());
        } else {
            throw new IllegalArgumentException("unknown event: " + event);
        }
    }

    @Override
    public List<DeltaSplit> snapshotState(long checkpointId) {
        List<DeltaSplit> state = new ArrayList<>(replayed);
        state.addAll(unfinished);
        if (!unfinished.isEmpty() && unfinished.getFirst().delivery() != Delivery.REPLAYED) {
            state.set(replayed.size(), unfinished.getFirst().at(position));
        }
        context.sendSourceEventToCoordinator(new ReaderWatermark(checkpointId, watermark));
        return state;
    }

    @Override
    public void close() throws Exception {
        ahead.close();
    }
}
