package io.millrace.delta.source.reader;

import java.util.ArrayDeque;
import java.util.Optional;

/** Batches on their way from the thread that reads to the thread that emits, and back empty. */
final class BatchQueue {

    private final int arity;
    private final long maxBytes;
    private final ArrayDeque<EncodedBatch> full = new ArrayDeque<>();
    private final ArrayDeque<EncodedBatch> empty = new ArrayDeque<>();

    private long bytes;

    /**
     * @param arity number of fields of a row
     * @param maxBytes how much may wait; a single larger batch may, too
     */
    BatchQueue(int arity, long maxBytes) {
        this.arity = arity;
        this.maxBytes = maxBytes;
    }

    /** A cleared batch to fill. */
    synchronized EncodedBatch obtain() {
        EncodedBatch batch = empty.isEmpty() ? new EncodedBatch(arity) : empty.removeLast();
        batch.clear();
        return batch;
    }

    /** Hands over a batch; waits while there is no room. */
    synchronized void put(EncodedBatch batch) throws InterruptedException {
        while (bytes > 0 && bytes + batch.sizeInBytes() > maxBytes) {
            wait();
        }
        bytes += batch.sizeInBytes();
        full.addLast(batch);
    }

    synchronized Optional<EncodedBatch> poll() {
        Optional<EncodedBatch> batch = Optional.ofNullable(full.pollFirst());
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
    synchronized void release(EncodedBatch batch) {
        if (batch.sizeInBytes() <= maxBytes) {
            empty.addLast(batch);
        }
    }
}
