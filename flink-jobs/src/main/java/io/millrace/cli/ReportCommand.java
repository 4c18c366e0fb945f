package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.artifacts.report.ReportPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report BUNDLE}. */
@Command(
        name = "report",
        description = "Makes the page about a plan bundle: one HTML file that needs no network.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements CliCommand {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "BUNDLE",
            description = "A folder under <warehouse>/_millrace/plans, as plan names it.")
    private Path bundle;

    @Option(
            names = "--against",
            paramLabel = "BUNDLE",
            description = "Another bundle, to show what differs (default: none).")
    private Path against;

    @Option(
            names = "--run",
            paramLabel = "FILE",
            description =
                    "What 'artifacts run ID --json' printed of a run of the plan (default: none).")
    private Path run;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write it (default: report.html in the bundle's folder).")
    private Path output;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) {
        Path folder = bundle.toAbsolutePath().normalize();
        Path file = output == null ? folder.resolve(ReportPage.FILE) : output.toAbsolutePath();
        new ReportPage(folder, Optional.ofNullable(against), figures()).write(file);
        return new CommandResult(
                Map.of("report", file.toString()),
                List.of("report  " + file),
                "report written to " + file);
    }

    private Optional<JsonNode> figures() {
        if (run == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonMapper().readTree(run.toFile()));
        } catch (IOException e) {
            throw new UsageException(
                    "--run takes a JSON file; "
                            + run
                            + " cannot be read as one: "
                            + e.getMessage());
        }
    }
}
