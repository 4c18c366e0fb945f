package io.millrace.cli;

import io.millrace.artifacts.RunRecord;
import io.millrace.pipeline.PipelineRunner;
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
        return options.stored("refresh", io, this::refresh);
    }

    private CommandResult refresh(PipelineRunner runner) throws InterruptedException {
        RunRecord record = runner.refresh(rebuild);
        CommandResult result = RunResults.of(record, runner.planning().warnings());
        return analyze
                ? new StoredRuns(common().warehouse()).analyzed(result, record.runId())
                : result;
    }
}
