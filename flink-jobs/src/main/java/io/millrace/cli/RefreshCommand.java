package io.millrace.cli;

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

    @Override
    public CommonOptions common() {
        return options.common();
    }

    @Override
    public CommandResult run(CommandIo io) throws InterruptedException {
        return RunResults.of(options.stored("refresh", io, runner -> runner.refresh(rebuild)));
    }
}
