package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.PartitionValueException;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads splits on a thread of its own, a few batches ahead of the reader that takes them. Splits
 * come out in the order in which they went in, each ends with a batch that is its last.
 */
final class ReadAhead implements AutoCloseable {

    private static final int ROWS_PER_BATCH = 512;
    private static final int BATCHES_AHEAD = 4;

    private final ReadSpec spec;
    private final SplitOpener opener;
    private final BlockingQueue<DeltaSplit> splits = new LinkedBlockingQueue<>();
    private final BlockingQueue<RowBatch> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final AtomicReference<Optional<RuntimeException>> failure =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<CompletableFuture<Void>> available =
            new AtomicReference<>(new CompletableFuture<>());
    private final Thread thread;

    ReadAhead(ReadSpec spec, SplitOpener opener) {
        this.spec = requireNonNull(spec, "spec is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.thread = new Thread(this::run, "read-" + spec.dataset());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(DeltaSplit split) {
        splits.add(split);
    }

    /** The next batch if there is one; throws what reading failed with. */
    Optional<RowBatch> poll() {
        RowBatch batch = batches.poll();
        if (batch == null) {
            failure.get()
                    .ifPresent(
                            e -> {
                                throw e;
                            });
            // The order matters: what comes after the check below completes the new future.
            available.set(new CompletableFuture<>());
            if (!batches.isEmpty() || failure.get().isPresent()) {
                wake();
            }
        }
        return Optional.ofNullable(batch);
    }

    /** Complete when {@link #poll} may have news since it last was empty. */
    CompletableFuture<Void> available() {
        return available.get();
    }

    void wake() {
        available.get().complete(null);
    }

    private void run() {
        try {
            while (true) {
                read(splits.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            fail(new IllegalStateException(spec.location() + ": cannot read: " + e, e));
        }
    }

    private void read(DeltaSplit split) throws InterruptedException {
        try (CloseableIterator<SequencedRow> rows = opener.open(split)) {
            List<SequencedRow> batch = new ArrayList<>(ROWS_PER_BATCH);
            while (rows.hasNext()) {
                batch.add(rows.next());
                if (batch.size() == ROWS_PER_BATCH) {
                    put(new RowBatch(batch, false));
                    batch.clear();
                }
            }
            put(new RowBatch(batch, true));
        } catch (RefusedException e) {
            fail(atVersion(e, split));
        } catch (IOException | RuntimeException e) {
            fail(explained(e, split));
        }
    }

    private void put(RowBatch batch) throws InterruptedException {
        batches.put(batch);
        wake();
    }

    private void fail(RuntimeException e) {
        failure.set(Optional.of(e));
        wake();
    }

    /** A refusal of a file, which does not know what version it is read for. */
    private RefusedException atVersion(RefusedException e, DeltaSplit split) {
        String table = spec.location() + ": ";
        String message = e.getMessage();
        if (message.contains(" at version ")) {
            return e;
        }
        String reason = message.startsWith(table) ? message.substring(table.length()) : message;
        return new RefusedException(
                table
                        + "cannot read the change feed of "
                        + spec.dataset()
                        + " at version "
                        + split.version()
                        + ": "
                        + reason,
                e);
    }

    private RuntimeException explained(Exception e, DeltaSplit split) {
        String what =
                spec.location()
                        + ": cannot read the change feed of "
                        + spec.dataset()
                        + " at version "
                        + split.version()
                        + ": file "
                        + split.change().file().path();
        if (e instanceof PartitionValueException) {
            return new RefusedException(
                    what
                            + ": "
                            + e.getMessage()
                            + ". Find out what wrote it, and write the file into the table again.",
                    e);
        }
        return DeltaFileReader.isFileGone(e)
                ? new RefusedException(
                        what
                                + " or its deletion vector is gone. Tables are cleaned of old files"
                                + " (VACUUM); rebuild the results (--rebuild) from a snapshot.",
                        e)
                : new IllegalStateException(what + ": " + e.getMessage(), e);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
