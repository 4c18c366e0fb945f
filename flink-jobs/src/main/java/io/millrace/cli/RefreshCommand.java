package io.millrace.cli;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.RunRecord;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refresh PIPELINE}. */
@Command(
        name = "refresh",
        description = "Brings the results of a pipeline up to date, and stops.",
        mixinStandardHelpOptions = true)
public final class RefreshCommand implements CliCommand {
    @Mixin private PipelineOptions options = new PipelineOptions();

    @Option(
            names = "--rebuild",
            description = "Start without state: compute anew, write only what differs.")
    private boolean rebuild;

    @Option(
            names = "--analyze",
            description =
                    "Show what the operators did: rows, time, state, skew, by node of the plan.")
    private boolean analyze;

    @Override
    public CommonOptions common() {
        return options.common();
    }

    @Override
    public CommandResult run(CommandIo io) throws InterruptedException {
        Done done =
                options.stored(
                        "refresh",
                        io,
                        runner -> new Done(runner.refresh(rebuild), runner.planning().warnings()));
        RunRecord record = done.record();
        CommandResult result = RunResults.of(record, done.warnings());
        return analyze
                ? new StoredRuns(common().warehouse()).analyzed(result, record.runId())
                : result;
    }

    private record Done(RunRecord record, List<String> warnings) {
        Done {
            requireNonNull(record, "record is null");
            warnings = List.copyOf(warnings);
        }
    }
}
