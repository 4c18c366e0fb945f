package io.millrace.cli;

import io.millrace.pipeline.RunOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run PIPELINE}. */
@Command(
        name = "run",
        description = "Keeps the results of a pipeline up to date until it is stopped.",
        mixinStandardHelpOptions = true)
public final class RunCommand implements CliCommand {
    @Mixin private PipelineOptions options = new PipelineOptions();

    @Option(
            names = "--rebuild",
            description = "Start without state: compute anew, write only what differs.")
    private boolean rebuild;

    @Option(names = "--attach", description = "Stay with the job on a session cluster.")
    private boolean attach;

    @Override
    public CommonOptions common() {
        return options.common();
    }

    @Override
    public CommandResult run(CommandIo io) throws InterruptedException {
        return options.stored(
                options.isRemote() ? "cluster" : "local",
                io,
                runner -> result(runner.run(rebuild, attach), runner.planning().warnings()));
    }

    private static CommandResult result(RunOutcome outcome, List<String> warnings) {
        if (outcome.record().isPresent()) {
            return RunResults.of(outcome.record().get(), warnings);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", outcome.pipeline());
        document.put("run_id", outcome.runId());
        document.put("plan_id", outcome.planId());
        document.put("job_id", outcome.jobId());
        document.put("warnings", warnings);
        return new CommandResult(
                document, List.of("job " + outcome.jobId()), outcome.pipeline() + ": submitted");
    }
}
