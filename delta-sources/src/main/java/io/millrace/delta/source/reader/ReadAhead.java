package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.PartitionValueException;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads splits on a thread of its own, some batches ahead of the reader that takes them. Splits
 * come out in the order in which they went in, each ends with a batch that is its last.
 */
final class ReadAhead implements AutoCloseable {

    private static final long MAX_BYTES_AHEAD = 4L << 20;

    private final ReadSpec spec;
    private final SplitOpener opener;
    private final BlockingQueue<DeltaSplit> splits = new LinkedBlockingQueue<>();
    private final AtomicInteger unread = new AtomicInteger();
    private final BatchQueue batches;
    private final AtomicReference<Optional<RuntimeException>> failure =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<CompletableFuture<Void>> available =
            new AtomicReference<>(new CompletableFuture<>());
    private final Thread thread;

    ReadAhead(ReadSpec spec, SplitOpener opener) {
        this.spec = requireNonNull(spec, "spec is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.batches = new BatchQueue(opener::newBatch, opener.maxBatches(), MAX_BYTES_AHEAD);
        this.thread = new Thread(this::run, "read-" + spec.dataset());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(DeltaSplit split) {
        unread.incrementAndGet();
        splits.add(split);
    }

    /** Whether all splits are read, though batches of them may wait. */
    boolean isIdle() {
        return unread.get() == 0;
    }

    /**
     * The next batch if there is one, to be given back by {@link #release}; throws what reading
     * failed with.
     */
    Optional<ReadBatch> poll() {
        Optional<ReadBatch> batch = batches.poll();
        if (batch.isEmpty()) {
            failure.get()
                    .ifPresent(
                            e -> {
                                throw e;
                            });
            // One that is not complete stays: a task with several inputs asks before there is news,
            // and waits for the future that it was given first. The order matters: what comes after
            // the check below completes the new future.
            if (available.get().isDone()) {
                available.set(new CompletableFuture<>());
            }
            if (!batches.isEmpty() || failure.get().isPresent()) {
                wake();
            }
        }
        return batch;
    }

    void release(ReadBatch batch) {
        batches.release(batch);
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
        try (SplitRows rows = opener.open(split)) {
            boolean last = false;
            while (!last) {
                ReadBatch batch = batches.obtain();
                rows.read(batch);
                last = batch.last();
                if (last) {
                    unread.decrementAndGet();
                }
                batches.put(batch);
                wake();
            }
        } catch (RefusedException e) {
            fail(atVersion(e, split));
        } catch (IOException | RuntimeException e) {
            fail(explained(e, split));
        } catch (OutOfMemoryError e) {
            fail(
                    explained(
                            new IOException(
                                    "it asks for more memory than there is; it is damaged, or its row groups are too large for the heap",
                                    e),
                            split));
        }
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
