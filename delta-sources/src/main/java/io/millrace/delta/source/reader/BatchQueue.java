package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;

/** Batches on their way from the thread that reads to the thread that emits, and back empty. */
final class BatchQueue {

    private final Supplier<ReadBatch> newBatch;
    private final int maxBatches;
    private final long maxBytes;
    private final ArrayDeque<ReadBatch> full = new ArrayDeque<>();
    private final ArrayDeque<ReadBatch> empty = new ArrayDeque<>();

    private int batches;
    private long bytes;

    /**
     * @param maxBatches how many there may be, full, empty or in somebody's hands
     * @param maxBytes how much may wait; a single larger batch may, too
     */
    BatchQueue(Supplier<ReadBatch> newBatch, int maxBatches, long maxBytes) {
        this.newBatch = requireNonNull(newBatch, "newBatch is null");
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
    }

    /** A cleared batch to fill; waits while all there may be are full or in use. */
    synchronized ReadBatch obtain() throws InterruptedException {
        while (empty.isEmpty() && batches == maxBatches) {
            wait();
        }
        ReadBatch batch;
        if (empty.isEmpty()) {
            batch = newBatch.get();
            batches++;
        } else {
            batch = empty.removeLast();
        }
        batch.clear();
        return batch;
    }

    /** Hands over a batch; waits while there is no room. */
    synchronized void put(ReadBatch batch) throws InterruptedException {
        while (bytes > 0 && bytes + batch.sizeInBytes() > maxBytes) {
            wait();
        }
        bytes += batch.sizeInBytes();
        full.addLast(batch);
    }

    synchronized Optional<ReadBatch> poll() {
        Optional<ReadBatch> batch = Optional.ofNullable(full.pollFirst());
        if (batch.isPresent()) {
            bytes -= batch.get().sizeInBytes();
            notifyAll();
        }
        return batch;
    }

    synchronized boolean isEmpty() {
        return full.isEmpty();
    }

    /** Takes back a batch that is done with, unless a large row has blown it up. */
    synchronized void release(ReadBatch batch) {
        if (batch.sizeInBytes() <= maxBytes) {
            empty.addLast(batch);
        } else {
            batches--;
        }
        notifyAll();
    }
}
