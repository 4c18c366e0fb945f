package io.millrace.artifacts.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores plans and runs of a warehouse as Delta tables, on a thread of its own.
 *
 * <p>Whoever adds rows neither waits nor fails: rows that find the queue full, or that cannot be
 * written, are lost, which is counted, logged once and said when the store is closed.
 */
public final class ArtifactStore implements ArtifactLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactStore.class);
    private static final int QUEUE = 1024;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ArtifactWriter writer;
    private final Consumer<String> told;
    private final Duration patience;
    private final BlockingQueue<ArtifactRows> queue;
    private final Queue<Supplier<ArtifactRows>> atTheEnd = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final Thread thread;
    private volatile String reason = "";

    /** Where rows go. */
    @FunctionalInterface
    interface ArtifactWriter {
        void write(List<ArtifactRows> rows) throws Exception;
    }

    ArtifactStore(ArtifactWriter writer, Consumer<String> told, int capacity, Duration patience) {
        this.writer = requireNonNull(writer, "writer is null");
        this.told = requireNonNull(told, "told is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::work, "millrace-artifacts");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens the store of a warehouse; its tables are made when there are rows for them.
     *
     * @param told takes a sentence about losses when the store is closed
     */
    public static ArtifactStore open(Path warehouse, Consumer<String> told) {
        return new ArtifactStore(new TableWriter(warehouse)::write, told, QUEUE, PATIENCE);
    }

    @Override
    public void add(ArtifactRows rows) {
        if (rows.count() == 0) {
            return;
        }
        waiting.addAndGet(rows.count());
        if (closing.getCount() == 0 || !queue.offer(rows)) {
            waiting.addAndGet(-rows.count());
            lose(rows.count(), "more came than could be written", null);
        }
    }

    @Override
    public void later(Supplier<ArtifactRows> rows) {
        if (atTheEnd.size() < QUEUE) {
            atTheEnd.add(rows);
        } else {
            lose(1, "more came than could be written", null);
        }
    }

    /** Rows that were not stored. */
    public long lost() {
        return lost.get();
    }

    private void work() {
        try {
            boolean last = false;
            while (!last) {
                List<ArtifactRows> next = new ArrayList<>();
                ArtifactRows first = queue.poll(100, TimeUnit.MILLISECONDS);
                last = first == null && closing.getCount() == 0;
                if (last) {
                    writeLast();
                } else if (first != null) {
                    next.add(first);
                    queue.drainTo(next);
                    write(next);
                    // What comes meanwhile goes into one commit.
                    closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeLast() {
        List<ArtifactRows> rows = new ArrayList<>();
        for (Supplier<ArtifactRows> each : atTheEnd) {
            try {
                ArtifactRows some = each.get();
                waiting.addAndGet(some.count());
                rows.add(some);
            } catch (RuntimeException e) {
                lose(1, String.valueOf(e.getMessage()), e);
            }
        }
        write(rows);
    }

    private void write(List<ArtifactRows> rows) {
        long count = rows.stream().mapToLong(ArtifactRows::count).sum();
        try {
            writer.write(rows);
        } catch (PartlyWrittenException e) {
            lose(e.lost(), e.getMessage(), e);
        } catch (Exception | LinkageError e) {
            lose(count, String.valueOf(e.getMessage()), e);
        } finally {
            waiting.addAndGet(-count);
        }
    }

    private void lose(long rows, String why, Throwable cause) {
        if (lost.getAndAdd(rows) == 0) {
            reason = why;
            LOG.warn("Plans and runs are not stored, others may follow: {}", why, cause);
        }
    }

    /** Writes what is waiting, as far as there is time, and says what was lost. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long left = waiting.get();
        if (thread.isAlive() && left > 0) {
            lose(left, "writing took longer than " + patience.toSeconds() + " s", null);
        }
        if (lost.get() > 0) {
            told.accept(
                    "artifacts: %d rows about plans and runs were not stored: %s"
                            .formatted(lost.get(), reason.replaceAll("\\s*\\R\\s*", " ")));
        }
    }
}
