package io.millrace.cli;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.lineage.ColumnName;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.LineageDot;
import io.millrace.artifacts.lineage.LineageJson;
import io.millrace.artifacts.lineage.LineageText;
import io.millrace.artifacts.lineage.OpenLineageEvent;
import io.millrace.artifacts.lineage.OpenLineageEvent.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lineage PIPELINE}. */
@Command(
        name = "lineage",
        description = "Shows what the columns of a pipeline's results come from; starts nothing.",
        mixinStandardHelpOptions = true)
public final class LineageCommand implements CliCommand {
    /** How it is written. */
    enum Format {
        /** For people. */
        text,
        /** One document. */
        json,
        /** A graph of columns in Graphviz's language. */
        dot,
        /** An OpenLineage job event. */
        openlineage
    }

    @Mixin private PipelineOptions options = new PipelineOptions();

    @Option(
            names = "--column",
            paramLabel = "TABLE.COLUMN",
            description = "One column of a result (default: all).")
    private String column = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Override
    public CommonOptions common() {
        return options.common();
    }

    @Override
    public CommandResult run(CommandIo io) {
        PlanBundle bundle = options.runner("refresh", io).planning().look();
        Lineage lineage = column.isEmpty() ? bundle.lineage() : of(bundle.lineage());
        Map<String, Object> document =
                format == Format.openlineage
                        ? new OpenLineageEvent(bundle.pipeline(), Instant.now())
                                .document(
                                        lineage, places(bundle, "source"), places(bundle, "result"))
                        : LineageJson.document(lineage);
        List<String> lines =
                switch (format) {
                    case text -> LineageText.lines(lineage);
                    case dot -> LineageDot.lines(lineage);
                    case json, openlineage -> List.of(Json.write(document));
                };
        long columns = lineage.results().stream().mapToLong(r -> r.columns().size()).sum();
        return new CommandResult(
                document,
                lines,
                "%s: lineage of %d columns of %d results"
                        .formatted(bundle.pipeline(), columns, lineage.results().size()));
    }

    private Lineage of(Lineage all) {
        int dot = column.indexOf('.');
        if (dot <= 0 || dot == column.length() - 1) {
            throw new UsageException("--column takes TABLE.COLUMN, not '" + column + "'");
        }
        Lineage one = all.of(new ColumnName(column.substring(0, dot), column.substring(dot + 1)));
        if (one.results().isEmpty()) {
            throw new UsageException(
                    "no result has a column "
                            + column
                            + "; there are "
                            + all.results().stream()
                                    .flatMap(
                                            result ->
                                                    result.columns().stream()
                                                            .map(
                                                                    c ->
                                                                            result.dataset()
                                                                                    + "."
                                                                                    + c.column()))
                                    .collect(Collectors.joining(", ")));
        }
        return one;
    }

    private static Map<String, Place> places(PlanBundle bundle, String role) {
        return bundle.datasets().stream()
                .filter(dataset -> dataset.role().equals(role))
                .collect(
                        Collectors.toMap(
                                DatasetResolution::dataset,
                                dataset -> new Place(dataset.publicLocation())));
    }
}
