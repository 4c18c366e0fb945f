package io.millrace.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a log cheap to read after a commit: the checksum of the version at once, and at the
 * table's own interval a checkpoint, by one thread in the background. A commit is done without
 * them, so their failure does not fail it.
 */
final class LogUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 10;

    /** After a full checksum that failed, so many commits go without trying it again. */
    private static final int COMMITS_BETWEEN_FAILURES = 50;

    private final AtomicLong failures = new AtomicLong();
    private final ThreadPoolExecutor background =
            new ThreadPoolExecutor(
                    0,
                    1,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    task -> {
                        Thread thread = new Thread(task, "delta-log-checkpoint");
                        thread.setDaemon(true);
                        return thread;
                    });
    private int commitsWithoutChecksum;

    /** How many checksums and checkpoints could not be written. */
    long failures() {
        return failures.get();
    }

    /**
     * Does what is due after a commit.
     *
     * @return whether the table has to be opened again to know the checksum that was written
     */
    boolean after(DeltaTable table, TransactionCommitResult commit) {
        boolean reopen = false;
        for (PostCommitHook hook : commit.getPostCommitHooks()) {
            if (hook.getType() == PostCommitHookType.CHECKPOINT) {
                inBackground(table, commit, hook);
            } else if (hook.getType() == PostCommitHookType.CHECKSUM_FULL) {
                reopen = fullChecksum(table, commit, hook);
            } else {
                run(table, commit, hook);
            }
        }
        return reopen;
    }

    /** Reads the whole log; needed where the version before has no checksum. */
    private boolean fullChecksum(
            DeltaTable table, TransactionCommitResult commit, PostCommitHook hook) {
        if (commitsWithoutChecksum > 0) {
            commitsWithoutChecksum--;
            return false;
        }
        boolean written = run(table, commit, hook);
        commitsWithoutChecksum = written ? 0 : COMMITS_BETWEEN_FAILURES;
        return written;
    }

    private void inBackground(
            DeltaTable table, TransactionCommitResult commit, PostCommitHook hook) {
        try {
            background.execute(() -> run(table, commit, hook));
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "{}: no checkpoint of version {}: the one before is still being written",
                    table.location(),
                    commit.getVersion());
        }
    }

    private boolean run(DeltaTable table, TransactionCommitResult commit, PostCommitHook hook) {
        try {
            if (hook.getType() == PostCommitHookType.CHECKPOINT) {
                FaultPoint.LOG_CHECKPOINT.reached();
            }
            hook.threadSafeInvoke(table.engine());
            return true;
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            LOG.info(
                    "{}: {} of version {} was not written",
                    table.location(),
                    hook.getType(),
                    commit.getVersion(),
                    e);
            return false;
        }
    }

    /** Waits a while for the checkpoint that is being written. */
    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
