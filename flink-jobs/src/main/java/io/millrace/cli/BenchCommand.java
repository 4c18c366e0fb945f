package io.millrace.cli;

import io.millrace.bench.AppendBenchmark;
import io.millrace.bench.CommitBenchmark;
import io.millrace.bench.CommitRound;
import io.millrace.bench.CopyBenchmark;
import io.millrace.bench.CopyRound;
import io.millrace.bench.FreshnessBenchmark;
import io.millrace.bench.FreshnessRound;
import io.millrace.bench.PollBenchmark;
import io.millrace.bench.PollRound;
import io.millrace.bench.Round;
import io.millrace.bench.ScanBenchmark;
import io.millrace.bench.ScanRound;
import io.millrace.session.ClusterTarget;
import io.millrace.session.EmbeddedCluster;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: one workload, in rounds. */
@Command(
        name = "bench",
        description = "Measures the engine on a table, in rounds in one process.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements CliCommand {

    private static final int MANY_COMMITS = 10_000;

    /** What is measured. */
    enum Workload {
        /** Reads the change feed from version 0 and touches every field. */
        scan,
        /** Keeps a copy of the table up to date, by key. */
        copy,
        /** Shows a version after the other, and measures how long the copy is behind. */
        freshness,
        /** Commits again and again to a table of its own. */
        commit,
        /** Appends the table's rows, in batch, to an empty one. */
        append,
        /** Opens the table, looks for its next commit in vain, reads its newest one. */
        poll
    }

    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "WORKLOAD", description = "${COMPLETION-CANDIDATES}.")
    private Workload workload;

    @Option(
            names = "--table",
            paramLabel = "PATH",
            description = "The Delta table to read; not for commit, which makes its own.")
    private Path table;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often (default: ${DEFAULT-VALUE}); the first rounds are cold.")
    private int rounds = 3;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallelism of the job (default: the number of processors).")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--rows",
            paramLabel = "ROWS",
            description =
                    "scan: ${COMPLETION-CANDIDATES}: the feed's rows in batch, in no order, or the"
                            + " changelog in streaming mode, in order (default: ${DEFAULT-VALUE}).")
    private ScanBenchmark.Rows rows = ScanBenchmark.Rows.FEED;

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            description = "copy, freshness: the table's key (required).")
    private String key = "";

    @Option(
            names = "--continuous",
            description =
                    "copy: one version of the table at a time with a commit for each, instead of"
                            + " all in one commit.")
    private boolean continuous;

    @Option(
            names = "--interval",
            paramLabel = "MILLIS",
            description = "freshness: the time between two versions (default: ${DEFAULT-VALUE}).")
    private long interval = 500;

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "append: how often the rows are appended (default: ${DEFAULT-VALUE}).")
    private int times = 4;

    @Option(
            names = "--commits",
            paramLabel = "N",
            description =
                    "poll: makes the table with so many commits if it is not there; commit: how"
                            + " many (default there: 10000).")
    private int commits;

    @Option(
            names = "--without-checkpoint",
            description = "poll: the table it makes has no checkpoint in its log.")
    private boolean withoutCheckpoint;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) throws InterruptedException {
        if (rounds < 1 || parallelism < 1 || times < 1) {
            throw new UsageException("--rounds, --parallelism and --times must be positive");
        }
        if (workload == Workload.commit) {
            return commit(io);
        }
        if (table == null) {
            throw new UsageException("bench " + workload + " needs --table");
        }
        boolean made = workload == Workload.poll && commits > 0;
        if (!made && !Files.isDirectory(table.resolve("_delta_log"))) {
            throw new UsageException(table + ": there is no Delta table");
        }
        return switch (workload) {
            case scan -> scan(io);
            case copy -> copy(io);
            case freshness -> freshness(io);
            case commit -> commit(io);
            case append -> append(io);
            case poll -> poll();
        };
    }

    private CommandResult commit(CommandIo io) {
        List<CommitRound> measured = new ArrayList<>();
        new CommitBenchmark(common.warehouse())
                .run(
                        commits > 0 ? commits : MANY_COMMITS,
                        round -> {
                            measured.add(round);
                            io.progress(round.toString());
                        });
        return new CommandResult(
                Map.of("rounds", measured.stream().map(CommitRound::toDocument).toList()),
                measured.stream().map(CommitRound::toString).toList(),
                "commit: " + measured.get(measured.size() - 1));
    }

    private CommandResult poll() {
        PollBenchmark benchmark = new PollBenchmark(table.toAbsolutePath().normalize().toString());
        if (commits > 0) {
            benchmark.prepare(commits, !withoutCheckpoint);
        }
        List<PollRound> measured = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            measured.add(benchmark.run());
        }
        double best = measured.stream().mapToDouble(PollRound::look).min().orElseThrow();
        return new CommandResult(
                Map.of("rounds", measured.stream().map(PollRound::toDocument).toList()),
                measured.stream().map(PollRound::toString).toList(),
                String.format(Locale.ROOT, "poll: at best %.4f ms a look", best));
    }

    private CommandResult copy(CommandIo io) throws InterruptedException {
        if (key.isEmpty()) {
            throw new UsageException("bench copy needs --key");
        }
        CopyBenchmark benchmark =
                new CopyBenchmark(
                        profile(),
                        common.warehouse(),
                        table,
                        key,
                        continuous ? CopyBenchmark.Mode.EACH_VERSION : CopyBenchmark.Mode.ONE_BATCH,
                        parallelism);
        return written(io, benchmark::run);
    }

    private CommandResult append(CommandIo io) throws InterruptedException {
        try (AppendBenchmark benchmark =
                new AppendBenchmark(profile(), common.warehouse(), table, times, parallelism)) {
            return written(io, benchmark::run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A round that writes a table. */
    private interface WrittenRound {
        CopyRound run() throws IOException, InterruptedException;
    }

    private CommandResult written(CommandIo io, WrittenRound benchmark)
            throws InterruptedException {
        List<CopyRound> measured = new ArrayList<>();
        try {
            for (int i = 1; i <= rounds; i++) {
                CopyRound round = benchmark.run();
                measured.add(round);
                io.progress("round " + i + ": " + round);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CommandResult(
                Map.of("rounds", measured.stream().map(CopyRound::toDocument).toList()),
                measured.stream().map(CopyRound::toString).toList(),
                best(measured.stream().map(CopyRound::read).toList()));
    }

    private CommandResult freshness(CommandIo io) throws InterruptedException {
        if (key.isEmpty()) {
            throw new UsageException("bench freshness needs --key");
        }
        FreshnessBenchmark benchmark =
                new FreshnessBenchmark(
                        profile(),
                        common.warehouse(),
                        table,
                        key,
                        Duration.ofMillis(interval),
                        parallelism);
        List<FreshnessRound> measured = new ArrayList<>();
        try {
            for (int i = 1; i <= rounds; i++) {
                FreshnessRound round = benchmark.run();
                measured.add(round);
                io.progress("round " + i + ": " + round);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double best = measured.stream().mapToDouble(FreshnessRound::p95).min().orElseThrow();
        return new CommandResult(
                Map.of("rounds", measured.stream().map(FreshnessRound::toDocument).toList()),
                measured.stream().map(FreshnessRound::toString).toList(),
                String.format(Locale.ROOT, "freshness: p95 at best %.2f s", best));
    }

    private SessionProfile profile() {
        return SessionProfile.of(common.profile().isEmpty() ? "local" : common.profile());
    }

    private String best(List<Round> measured) {
        double best = measured.stream().mapToDouble(Round::rowsPerSecond).max().orElseThrow();
        return String.format(Locale.ROOT, "%s: at best %,.0f rows/s", workload.name(), best);
    }

    private CommandResult scan(CommandIo io) throws InterruptedException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(profile(), parallelism)) {
            return scan(io, new ClusterTarget.Running(cluster));
        }
    }

    private CommandResult scan(CommandIo io, ClusterTarget cluster) throws InterruptedException {
        ScanBenchmark benchmark =
                new ScanBenchmark(
                        profile(),
                        cluster,
                        common.warehouse(),
                        table.toAbsolutePath().normalize().toString(),
                        rows,
                        parallelism);
        List<ScanRound> measured = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            ScanRound round = benchmark.run();
            measured.add(round);
            io.progress("round " + i + ": " + round);
        }
        return new CommandResult(
                Map.of("rounds", measured.stream().map(ScanRound::toDocument).toList()),
                measured.stream().map(ScanRound::toString).toList(),
                best(measured.stream().map(ScanRound::read).toList()));
    }
}
