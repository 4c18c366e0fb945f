package io.millrace.cli;

import io.millrace.pipeline.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plan PIPELINE}. */
@Command(
        name = "plan",
        description = "Checks and plans a pipeline, writes the plan bundle, starts nothing.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements CliCommand {
    @Mixin private PipelineOptions options = new PipelineOptions();

    @Override
    public CommonOptions common() {
        return options.common();
    }

    @Override
    public CommandResult run(CommandIo io) {
        PlanReport report = options.runner("refresh", io).planning().report();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", report.pipeline());
        document.put("plan_id", report.planId());
        document.put("bundle", report.bundle().toString());
        document.put("changed", report.changed());
        document.put("differences", report.differences());
        List<String> lines = new ArrayList<>();
        lines.add("plan    " + report.planId());
        lines.add("bundle  " + report.bundle());
        report.differences().forEach(name -> lines.add("differs " + name));
        return new CommandResult(
                document,
                lines,
                report.pipeline()
                        + ": planned, "
                        + (report.changed() ? "other than what ran last" : "nothing changed"));
    }
}
