package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionReference;
import io.millrace.functions.FunctionRegistry;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;

/** The commands of the interactive shell, which begin with a backslash. */
final class ShellCommands {
    static final String SIGN = "\\";

    private static final String HELP =
            """
            \\d           tables and views            \\d NAME     columns of one
            \\dn          databases                   \\df [NAME]  functions, or one in detail
            \\s           settings that differ from Flink's own
            \\format NAME table, csv or json          \\limit N    rows of a query (0: all)
            \\h           this help                   \\q          quits
            Tab completes, the arrow up brings lines back, Ctrl-C ends a statement.
            Of a table t there are `t$changes`, `t$history`, `t$files` and, for version 12, `t$v12`.""";

    private final FunctionRegistry functions;
    private final PrintWriter out;
    private OutputFormat format = OutputFormat.table;
    private long maxRows;
    private boolean quit;

    ShellCommands(FunctionRegistry functions, PrintWriter out, long maxRows) {
        this.functions = requireNonNull(functions, "functions is null");
        this.out = requireNonNull(out, "out is null");
        this.maxRows = maxRows;
    }

    boolean isQuit() {
        return quit;
    }

    OutputFormat format() {
        return format;
    }

    /** How many rows of a query are shown; 0 is all. */
    long maxRows() {
        return maxRows;
    }

    /**
     * Runs a command.
     *
     * @return statements to run for it
     * @throws ValidationException if there is no such command
     */
    List<String> run(String line) {
        String[] words = line.replaceAll(";\\s*$", "").strip().split("\\s+", 2);
        Optional<String> argument =
                words.length > 1 ? Optional.of(words[1].strip()) : Optional.empty();
        switch (words[0]) {
            case "\\q" -> quit = true;
            case "\\h", "\\?" -> out.println(HELP);
            case "\\d" -> {
                return List.of(
                        argument.map(name -> "DESCRIBE " + quoted(name)).orElse("SHOW TABLES"));
            }
            case "\\dn" -> {
                return List.of("SHOW DATABASES");
            }
            case "\\s" -> {
                return List.of(
                        "SELECT * FROM information_schema.settings WHERE origin <> 'default'");
            }
            case "\\df" -> functions(argument);
            case "\\format" -> format = format(argument.orElse(""));
            case "\\limit" -> maxRows = number(argument.orElse(""));
            default ->
                    throw new ValidationException(
                            "there is no command " + words[0] + "; \\h shows those there are");
        }
        out.flush();
        return List.of();
    }

    private static String quoted(String name) {
        return name.contains("`")
                ? name
                : Arrays.stream(name.split("\\."))
                        .map(part -> "`" + part + "`")
                        .collect(Collectors.joining("."));
    }

    private void functions(Optional<String> name) {
        if (name.isEmpty()) {
            functions.entries().forEach(entry -> out.println(entry.description().signature()));
            return;
        }
        FunctionEntry entry =
                functions
                        .find(name.get())
                        .orElseThrow(
                                () ->
                                        new ValidationException(
                                                "Millrace has no function '"
                                                        + name.get()
                                                        + "'; \\df lists them"));
        FunctionReference.lines(entry).forEach(out::println);
    }

    private static OutputFormat format(String name) {
        return Arrays.stream(OutputFormat.values())
                .filter(each -> each.name().equals(name) && each != OutputFormat.arrow)
                .findFirst()
                .orElseThrow(() -> new ValidationException("formats are table, csv and json"));
    }

    private static long number(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new ValidationException("\\limit takes a number of rows, or 0 for all", e);
        }
    }
}
