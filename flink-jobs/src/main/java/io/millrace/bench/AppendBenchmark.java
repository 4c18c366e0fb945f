package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.ResultTable;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;

/**
 * Appends the live rows of a table, repeated several times before, to an empty one: files are read,
 * rows written, one commit ends the job. Each round has a target of its own, which is compared with
 * the source and removed. Runs in this process, so later rounds are warm.
 */
public final class AppendBenchmark implements Closeable {

    private static final String SOURCE = "measured";
    private static final String TARGET = "appended";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;

    private final SessionProfile profile;
    private final Path warehouse;
    private final Path table;
    private final int times;
    private final Path staged;

    /**
     * @param table where the table lies, on the local file system
     * @param times how often its rows are appended
     * @param parallelism of the job
     */
    public AppendBenchmark(
            SessionProfile profile, Path warehouse, Path table, int times, int parallelism) {
        this.profile =
                profile.with(
                        "bench",
                        Map.of(
                                "parallelism.default",
                                String.valueOf(parallelism),
                                ExecutionOptions.RUNTIME_MODE.key(),
                                RuntimeExecutionMode.BATCH.name(),
                                // Each time the rows are read anew, as the peer reads each of its.
                                "table.optimizer.reuse-sub-plan-enabled",
                                "false"));
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.table = table.toAbsolutePath().normalize();
        this.times = times;
        this.staged = warehouse.toAbsolutePath().resolve("_millrace/bench/" + UUID.randomUUID());
    }

    /**
     * One job, behind one that repeats the rows in a table, if that is not there yet. The time is
     * that of the job, without starting a cluster.
     *
     * @throws IllegalStateException if the target's rows are not the source's
     */
    public CopyRound run() throws IOException, InterruptedException {
        Path source = table;
        if (times > 1) {
            source = staged.resolve(TARGET);
            if (!BenchFolder.table(source).exists()) {
                append(staged, table, times);
            }
        }
        Path folder = warehouse.toAbsolutePath().resolve("_millrace/bench/" + UUID.randomUUID());
        try {
            return measure(folder, source);
        } finally {
            BenchFolder.remove(folder);
        }
    }

    private CopyRound measure(Path folder, Path source) throws IOException, InterruptedException {
        long cpu = ScanRound.processCpuNanos();
        JobExecutionResult result = append(folder, source, 1);
        double cpuSeconds = (ScanRound.processCpuNanos() - cpu) / NANOS_PER_SECOND;
        DeltaTable target = BenchFolder.table(folder.resolve(TARGET));
        TableRows appended = TableRows.of(target);
        TableRows there = TableRows.of(BenchFolder.table(table));
        if (appended.rows() != times * there.rows() || appended.sum() != times * there.sum()) {
            throw new IllegalStateException(
                    "%s: what was appended is not what was read: %s instead of %d times %s. Report this."
                            .formatted(table, appended, times, there));
        }
        return new CopyRound(
                new Round(
                        appended.rows(),
                        result.getNetRuntime() / MILLIS_PER_SECOND,
                        appended.sum()),
                cpuSeconds,
                target.log().latestVersion() + 1,
                BenchFolder.bytes(folder.resolve(TARGET)));
    }

    private JobExecutionResult append(Path folder, Path source, int copies)
            throws InterruptedException {
        Session session =
                new SessionFactory(profile, new ClusterTarget.Embedded(), warehouse)
                        .openToRun(
                                Map.of(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                                        folder.resolve("state").toUri().toString(),
                                        RunOptions.RUN_ID.key(),
                                        folder.getFileName().toString()));
        session.catalog().registerSource(Request.of(source.toString()).named(SOURCE));
        session.catalog()
                .registerResult(
                        new ResultTable(
                                TARGET,
                                folder.resolve(TARGET).toString(),
                                DeltaTypes.toRowType(
                                        BenchFolder.table(table).snapshot().metadata().schema()),
                                List.of(),
                                List.of(),
                                "",
                                Map.of("sink.mode", "append")));
        String rows =
                String.join(
                        " UNION ALL ",
                        Collections.nCopies(copies, "SELECT * FROM `" + SOURCE + "`"));
        try {
            return session.tables()
                    .executeSql("INSERT INTO delta.results." + TARGET + " " + rows)
                    .getJobClient()
                    .orElseThrow()
                    .getJobExecutionResult()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Removes the table with the repeated rows. */
    @Override
    public void close() throws IOException {
        BenchFolder.remove(staged);
    }
}
