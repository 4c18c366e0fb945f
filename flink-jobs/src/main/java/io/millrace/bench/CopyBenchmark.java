package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.order.SourceProgress;
import io.millrace.delta.table.DeltaTable;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/**
 * Keeps a copy of a table up to date from its change feed, from version 0 to the newest, as a
 * pipeline of one plain SELECT does: source, sequencer, keyed writers with deletion vectors and
 * change files, commits. Each round has a target of its own, which is compared with the source and
 * removed. Runs in this process, so later rounds are warm.
 */
public final class CopyBenchmark {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final long LOOK_MILLIS = 2;

    /** How the target follows. */
    public enum Mode {
        /** Whatever is there comes in one checkpoint, and so in one commit. */
        ONE_BATCH("1 h"),
        /** A version of the source is shown when the one before it is committed. */
        EACH_VERSION("10 ms");

        private final String checkpointInterval;

        Mode(String checkpointInterval) {
            this.checkpointInterval = checkpointInterval;
        }
    }

    private final SessionProfile profile;
    private final Path warehouse;
    private final Path table;
    private final String key;
    private final Mode mode;

    /**
     * @param table where the table lies, on the local file system
     * @param key its key column
     * @param parallelism of the job
     */
    public CopyBenchmark(
            SessionProfile profile,
            Path warehouse,
            Path table,
            String key,
            Mode mode,
            int parallelism) {
        this.mode = requireNonNull(mode, "mode is null");
        this.profile =
                profile.with(
                        "bench",
                        Map.of(
                                "parallelism.default",
                                String.valueOf(parallelism),
                                "table.dynamic-table-options.enabled",
                                "true",
                                "execution.checkpointing.interval",
                                mode.checkpointInterval,
                                "execution.checkpointing.min-pause",
                                "0 ms",
                                RunOptions.POLL_INTERVAL.key(),
                                LOOK_MILLIS + " ms"));
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.table = table.toAbsolutePath().normalize();
        this.key = requireNonNull(key, "key is null");
    }

    /**
     * One job over the whole feed.
     *
     * @throws IllegalStateException if the target's rows are not the source's
     */
    public CopyRound run() throws IOException, InterruptedException {
        Path folder = warehouse.toAbsolutePath().resolve("_millrace/bench/" + UUID.randomUUID());
        try {
            return switch (mode) {
                case ONE_BATCH -> measure(folder, table, job -> {});
                case EACH_VERSION -> {
                    ReplayedTable shown = ReplayedTable.of(table, folder.resolve("shown"));
                    DeltaTable target = BenchFolder.table(folder.resolve(CopyJob.TARGET));
                    long last = BenchFolder.table(table).log().latestVersion();
                    yield measure(
                            folder, shown.location(), job -> replay(shown, last, target, job));
                }
            };
        } finally {
            BenchFolder.remove(folder);
        }
    }

    /** What happens while the job runs. */
    private interface Meanwhile {
        void run(CompletableFuture<JobExecutionResult> job)
                throws IOException, InterruptedException;
    }

    /** One commit of the target for each version; that it has one says that it has the version. */
    private static void replay(
            ReplayedTable shown,
            long last,
            DeltaTable target,
            CompletableFuture<JobExecutionResult> job)
            throws IOException, InterruptedException {
        await(target, 0, job);
        for (long committed = 1; shown.version() < last && !job.isDone(); committed++) {
            shown.showNext();
            await(target, committed, job);
        }
    }

    private static void await(
            DeltaTable target, long version, CompletableFuture<JobExecutionResult> job)
            throws InterruptedException {
        while (!job.isDone() && (!target.exists() || !target.log().exists(version))) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private CopyRound measure(Path folder, Path source, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        long cpu = ScanRound.processCpuNanos();
        JobClient job = new CopyJob(profile, warehouse, table, key).start(folder, source);
        CompletableFuture<JobExecutionResult> done = job.getJobExecutionResult();
        meanwhile.run(done);
        JobExecutionResult result;
        try {
            result = done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        double cpuSeconds = (ScanRound.processCpuNanos() - cpu) / NANOS_PER_SECOND;
        DeltaTable target = BenchFolder.table(folder.resolve(CopyJob.TARGET));
        TableRows copied = TableRows.of(target);
        TableRows there = TableRows.of(BenchFolder.table(table));
        if (!copied.equals(there)) {
            throw new IllegalStateException(
                    "%s: the copy is not what was copied: %s instead of %s. Report this."
                            .formatted(table, copied, there));
        }
        Long rows = result.getAccumulatorResult(SourceProgress.ROWS + CopyJob.SOURCE);
        return new CopyRound(
                new Round(rows, result.getNetRuntime() / MILLIS_PER_SECOND, copied.sum()),
                cpuSeconds,
                target.log().latestVersion() + 1,
                BenchFolder.bytes(folder.resolve(CopyJob.TARGET)));
    }
}
