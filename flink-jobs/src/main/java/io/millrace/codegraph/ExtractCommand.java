package io.millrace.codegraph;

import io.millrace.cli.CliCommand;
import io.millrace.cli.CommandIo;
import io.millrace.cli.CommandResult;
import io.millrace.cli.CommonOptions;
import io.millrace.codegraph.input.RevisionRange;
import io.millrace.codegraph.input.SourceTree;
import io.millrace.codegraph.input.SourceTrees;
import io.millrace.codegraph.tables.Extraction;
import io.millrace.codegraph.tables.FileExtraction;
import io.millrace.codegraph.tables.RevisionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./millrace extract SOURCE...}. */
@Command(
        name = "extract",
        description = {
            "Source code to Delta tables with change feeds.",
            "Each revision becomes one version of each table; what is there already is skipped."
        },
        mixinStandardHelpOptions = true)
public final class ExtractCommand implements CliCommand {
    @Mixin private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description =
                    "A git work tree, a directory, or a -sources.jar; several directories or jars of"
                            + " one project are consecutive revisions.")
    private List<Path> sources;

    @Option(
            names = "--from",
            paramLabel = "REV",
            description =
                    "First git revision, included (default: what is new; the first time the last 20"
                            + " first-parent commits).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "REV", description = "Last git revision (default: HEAD).")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--repo",
            paramLabel = "NAME",
            description = "Name of the repository (default: from the origin or the path).")
    private Optional<String> repository = Optional.empty();

    public ExtractCommand() {}

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) throws IOException {
        long start = System.nanoTime();
        FileExtraction files = FileExtraction.ofInstalled(io::progress);
        Extraction extraction = new Extraction(common.warehouse(), files, io::progress);
        RevisionRange range = new RevisionRange(from, to);
        List<RevisionReport> reports = new ArrayList<>();
        List<SourceTree> trees = SourceTrees.open(sources, repository, range, files::accepts);
        try {
            for (SourceTree tree : trees) {
                reports.addAll(extraction.run(tree, Optional.empty()));
            }
        } finally {
            for (SourceTree tree : trees) {
                tree.close();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return ExtractionSummary.of(common.warehouse(), reports, seconds);
    }
}
