package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.table.DeltaTable;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;

/**
 * Shows the versions of a table one after the other while a job keeps a copy of it up to date, and
 * measures from the time of each log file to that of the target's first one that contains it.
 * Versions 0 and 1, the empty table and its first load, are not counted.
 */
public final class FreshnessBenchmark {

    private static final int FIRST_LOAD = 1;
    private static final long LOOK_MILLIS = 5;
    private static final double MILLIS_PER_SECOND = 1000;

    private final SessionProfile profile;
    private final Path warehouse;
    private final Path table;
    private final String key;
    private final Duration interval;

    /**
     * @param table where the table lies, on the local file system
     * @param key its key column
     * @param interval after which the next version is shown
     * @param parallelism of the job
     */
    public FreshnessBenchmark(
            SessionProfile profile,
            Path warehouse,
            Path table,
            String key,
            Duration interval,
            int parallelism) {
        this.profile =
                profile.with(
                        "bench",
                        Map.of(
                                "parallelism.default",
                                String.valueOf(parallelism),
                                "table.dynamic-table-options.enabled",
                                "true",
                                "execution.checkpointing.interval",
                                "1 s",
                                "execution.checkpointing.min-pause",
                                "0 ms"));
        this.warehouse = requireNonNull(warehouse, "warehouse is null").toAbsolutePath();
        this.table = table.toAbsolutePath().normalize();
        this.key = requireNonNull(key, "key is null");
        this.interval = requireNonNull(interval, "interval is null");
    }

    /** One job over all versions. */
    public FreshnessRound run() throws IOException, InterruptedException {
        Path folder = warehouse.resolve("_millrace/bench/" + UUID.randomUUID());
        try {
            ReplayedTable shown = ReplayedTable.of(table, folder.resolve("shown"));
            long last = BenchFolder.table(table).log().latestVersion();
            shown.showNext();
            CompletableFuture<JobExecutionResult> job =
                    new CopyJob(profile, warehouse, table, key)
                            .start(folder, shown.location())
                            .getJobExecutionResult();
            DeltaTable target = BenchFolder.table(folder.resolve(CopyJob.TARGET));
            while (!job.isDone() && (!target.exists() || newestSource(target) < FIRST_LOAD)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            while (shown.version() < last && !job.isDone()) {
                TimeUnit.MILLISECONDS.sleep(interval.toMillis());
                shown.showNext();
            }
            job.get();
            return measured(shown.location(), folder.resolve(CopyJob.TARGET), last);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            BenchFolder.remove(folder);
        }
    }

    private static FreshnessRound measured(Path source, Path target, long last) throws IOException {
        DeltaTable copy = BenchFolder.table(target);
        TreeMap<Long, Long> committed = new TreeMap<>();
        for (long version = 1; version <= copy.log().latestVersion(); version++) {
            committed.putIfAbsent(sourceOf(copy, version), committedAt(target, version));
        }
        List<Double> lags = new ArrayList<>();
        for (long version = FIRST_LOAD + 1; version <= last; version++) {
            long lag = committed.ceilingEntry(version).getValue() - committedAt(source, version);
            lags.add(lag / MILLIS_PER_SECOND);
        }
        return new FreshnessRound(lags, committed.tailMap(FIRST_LOAD + 1L).size());
    }

    private static long committedAt(Path location, long version) throws IOException {
        Path log = location.resolve("_delta_log/%020d.json".formatted(version));
        return Files.getLastModifiedTime(log).toMillis();
    }

    private static long newestSource(DeltaTable target) throws IOException {
        long newest = target.log().latestVersion();
        return newest < 1 ? -1 : sourceOf(target, newest);
    }

    private static long sourceOf(DeltaTable target, long version) throws IOException {
        Map<String, String> parameters =
                new HashMap<>(target.log().at(version).info().parameters());
        return new ObjectMapper()
                .readTree(parameters.getOrDefault(CommitParameters.SOURCES, "{}"))
                .path(CopyJob.SOURCE)
                .asLong(-1);
    }
}
