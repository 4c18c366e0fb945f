package io.millrace.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code ./millrace}: finds the sub-command, runs it, and turns its outcome into output and an exit
 * code: 0 done, 1 failed while running, 2 usage, 3 refused by a check.
 */
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final List<CliCommand> commands;

    Main(PrintStream out, PrintStream err, List<CliCommand> commands) {
        this.out = out;
        this.err = err;
        this.commands = List.copyOf(commands);
    }

    public static void main(String[] args) {
        PrintStream out = System.out;
        // Whatever a library prints must not end up in the JSON document.
        System.setOut(System.err);
        int code = new Main(out, System.err, found()).run(args);
        out.flush();
        System.err.flush();
        System.exit(code);
    }

    static List<CliCommand> found() {
        return ServiceLoader.load(CliCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Command(
            name = "millrace",
            description =
                    "Keeps Delta tables up to date from the change feeds of other Delta tables.",
            mixinStandardHelpOptions = true,
            version = "millrace 0.1.0")
    private static final class Root {}

    int run(String... args) {
        boolean json = List.of(args).contains("--json");
        CommandLine line = new CommandLine(new Root());
        commands.stream()
                .sorted((a, b) -> name(a).compareTo(name(b)))
                .forEach(command -> line.addSubcommand(command));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        try {
            ParseResult parsed = line.parseArgs(args);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return DONE;
            }
            ParseResult last = parsed;
            while (last.hasSubcommand()) {
                last = last.subcommand();
            }
            if (!(last.commandSpec().userObject() instanceof CliCommand command)) {
                line.usage(err);
                return fail(json, USAGE, "name a command", Optional.empty());
            }
            LogFile.use(command.common().warehouse());
            return execute(command);
        } catch (ParameterException e) {
            return fail(json, USAGE, e.getMessage(), Optional.empty());
        }
    }

    private static String name(CliCommand command) {
        return command.getClass().getAnnotation(Command.class).name();
    }

    private int execute(CliCommand command) {
        boolean json = command.common().json();
        Terminal terminal = new Terminal(out, err, Boolean.getBoolean("millrace.tty"));
        try {
            CommandResult result = command.run(terminal);
            terminal.end();
            if (!result.written()) {
                print(json, result);
            }
            out.flush();
            err.println("millrace: " + result.message());
            return command.exitCode();
        } catch (Exception | LinkageError e) {
            terminal.end();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            boolean shown = e instanceof ShownFailureException;
            Throwable failure = shown ? e.getCause() : e;
            Ending ending = Ending.of(failure);
            return fail(
                    json && !shown,
                    ending.code(),
                    ending.message(),
                    ending.code() == USAGE ? Optional.empty() : Optional.of(failure));
        }
    }

    private void print(boolean json, CommandResult result) {
        if (json) {
            out.println(Json.write(result.document()));
        } else {
            result.lines().forEach(out::println);
        }
    }

    private int fail(boolean json, int code, String message, Optional<Throwable> failure) {
        String line = Ending.line(message);
        failure.ifPresent(
                cause ->
                        LoggerFactory.getLogger(Main.class)
                                .info("Ends with exit code {}", code, cause));
        if (json) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", line);
            out.println(Json.write(Map.of("error", error)));
            out.flush();
        }
        err.println("millrace: " + line);
        return code;
    }
}
