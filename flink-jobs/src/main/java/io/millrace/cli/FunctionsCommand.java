package io.millrace.cli;

import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionReference;
import io.millrace.functions.FunctionRegistry;
import io.millrace.pipeline.PipelineFunctions;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.SessionFunctions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code functions [NAME]}. */
@Command(
        name = "functions",
        description = "Lists the functions of SQL, or one of them in detail.",
        mixinStandardHelpOptions = true)
public final class FunctionsCommand implements CliCommand {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The function to show in detail (default: a table of all).")
    private String name = "";

    @Option(
            names = "--pipeline",
            paramLabel = "FOLDER",
            description = "Shows the functions that this pipeline brings, too.")
    private Path pipeline;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) {
        // What a session is given, and information_schema shows.
        SessionFunctions functions =
                pipeline == null
                        ? SessionFunctions.STANDARD
                        : PipelineFunctions.session(PipelineReader.read(pipeline).functions());
        FunctionRegistry registry = functions.registry();
        return name.isEmpty() ? all(registry) : one(registry);
    }

    private CommandResult one(FunctionRegistry registry) {
        FunctionEntry entry =
                registry.find(name)
                        .orElseThrow(
                                () ->
                                        new UsageException(
                                                "there is no function '"
                                                        + name
                                                        + "'; ./millrace functions lists all"));
        return new CommandResult(
                FunctionReference.document(entry),
                FunctionReference.lines(entry),
                entry.name() + ": version " + entry.description().version());
    }

    private static CommandResult all(FunctionRegistry registry) {
        List<FunctionEntry> entries = registry.entries();
        int width = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (FunctionEntry entry : entries) {
            lines.add(
                    entry.name()
                            + " ".repeat(width + 2 - entry.name().length())
                            + entry.description().signature().substring(entry.name().length())
                            + "  ["
                            + String.join(", ", entry.description().tags())
                            + "]");
        }
        String hash = registry.snapshot().hash();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("snapshot", hash);
        document.put("functions", entries.stream().map(FunctionReference::document).toList());
        return new CommandResult(document, lines, entries.size() + " functions, snapshot " + hash);
    }
}
