package io.millrace.cli;

import io.millrace.artifacts.store.ArtifactExpiry;
import io.millrace.artifacts.store.ArtifactTable;
import io.millrace.session.SessionProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code artifacts [runs | run ID | plan ID | expire]}. */
@Command(
        name = "artifacts",
        description = "Shows what is stored about plans and runs of a warehouse.",
        mixinStandardHelpOptions = true)
public final class ArtifactsCommand implements CliCommand {
    /** What is done. */
    enum Action {
        /** Lists runs, newest first. */
        runs,
        /** Shows one run. */
        run,
        /** Shows one plan. */
        plan,
        /** Deletes what is about old runs. */
        expire
    }

    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "${COMPLETION-CANDIDATES} (default: runs).")
    private Action action = Action.runs;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "Id of a run or plan, or how it begins.")
    private String id = "";

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "How many runs are listed (default: ${DEFAULT-VALUE}).")
    private int last = 20;

    @Option(
            names = "--keep-runs",
            paramLabel = "N",
            description =
                    "expire: the newest runs of each pipeline that stay (default: the profile's).")
    private Integer keepRuns;

    @Option(
            names = "--keep-days",
            paramLabel = "N",
            description = "expire: the days of which all runs stay (default: the profile's).")
    private Integer keepDays;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) {
        StoredRuns stored = new StoredRuns(common.warehouse());
        return switch (action) {
            case runs -> stored.list(last);
            case run -> stored.run(given());
            case plan -> stored.plan(given());
            case expire -> expire();
        };
    }

    private String given() {
        if (id.isBlank()) {
            throw new UsageException("artifacts " + action + " takes an id");
        }
        return id;
    }

    private CommandResult expire() {
        SessionProfile profile =
                SessionProfile.of(common.profile().isEmpty() ? "refresh" : common.profile());
        int runs = keepRuns == null ? profile.keptRuns() : keepRuns;
        int days = keepDays == null ? profile.keptDays() : keepDays;
        if (runs < 0 || days < 0) {
            throw new UsageException("--keep-runs and --keep-days must not be negative");
        }
        Map<ArtifactTable, Long> deleted =
                new ArtifactExpiry(common.warehouse())
                        .expire(runs, Instant.now().minus(Duration.ofDays(days)));
        Map<String, Object> rows = new LinkedHashMap<>();
        deleted.forEach((table, count) -> rows.put(table.tableName(), count));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("keep_runs", runs);
        document.put("keep_days", days);
        document.put("deleted", rows);
        List<String> lines =
                rows.entrySet().stream()
                        .map(table -> table.getKey() + ": " + table.getValue() + " rows deleted")
                        .toList();
        return new CommandResult(
                document, lines, deleted.getOrDefault(ArtifactTable.RUNS, 0L) + " runs deleted");
    }
}
