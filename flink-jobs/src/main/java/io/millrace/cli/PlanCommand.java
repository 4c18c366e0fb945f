package io.millrace.cli;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan PIPELINE}. */
@Command(
        name = "plan",
        description = "Checks and plans a pipeline, writes the plan bundle, starts nothing.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements CliCommand {
    @Mixin private PipelineOptions options = new PipelineOptions();

    @Option(
            names = "--check",
            description =
                    "Ends with exit code 3 where the plan is another than the one that ran last.")
    private boolean check;

    @Override
    public CommonOptions common() {
        return options.common();
    }

    @Override
    public CommandResult run(CommandIo io) throws InterruptedException {
        PlanReport report = options.stored("refresh", io, runner -> runner.planning().report());
        if (check && report.changed()) {
            throw new RefusedException(
                    report.pipeline()
                            + ": the plan is another than the one that ran last: "
                            + String.join("; ", report.differences())
                            + ". Run with --rebuild, or take the change back.");
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", report.pipeline());
        document.put("plan_id", report.planId());
        document.put("bundle", report.bundle().toString());
        document.put("report", report.page().toString());
        document.put("changed", report.changed());
        document.put("differences", report.differences());
        document.put("warnings", report.warnings());
        List<String> lines = new ArrayList<>();
        lines.add("plan    " + report.planId());
        lines.add("bundle  " + report.bundle());
        lines.add("report  " + report.page());
        report.differences().forEach(line -> lines.add("differs " + line));
        report.warnings().forEach(line -> lines.add("warning " + line));
        return new CommandResult(
                document,
                lines,
                report.pipeline()
                        + ": planned, "
                        + (report.changed() ? "other than what ran last" : "nothing changed"));
    }
}
