package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import io.millrace.planner.sql.SqlParameters;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * Statements typed at a terminal, over lines until a semicolon, with history and completion.
 * Commands begin with a backslash ({@link ShellCommands}). Queries show as many rows as the profile
 * says, unless they are asked for more; Ctrl-C ends a statement, Ctrl-D the shell.
 */
public final class InteractiveShell {
    private static final String PROMPT = "millrace> ";
    private static final String CONTINUED = "      ..> ";

    private final Session session;
    private final Terminal terminal;
    private final LineReader reader;
    private final SqlParameters parameters;
    private final Function<Throwable, String> messages;
    private final ShellCommands commands;

    /**
     * @param history the file that lines are kept in
     * @param parameters that statements name
     * @param messages what to say of a failure
     */
    public InteractiveShell(
            Session session,
            Terminal terminal,
            Path history,
            SqlParameters parameters,
            Function<Throwable, String> messages) {
        this.session = requireNonNull(session, "session is null");
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.messages = requireNonNull(messages, "messages is null");
        this.commands =
                new ShellCommands(
                        session.registry(), terminal.writer(), session.profile().maxRows());
        this.reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .parser(new StatementLines())
                        .completer(new ShellCompleter(session))
                        .variable(LineReader.HISTORY_FILE, history)
                        .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.CASE_INSENSITIVE, true)
                        .build();
    }

    private StatementJournal told = StatementJournal.none();

    /** Reads and runs until the end of the input, or a command to quit. */
    public void run() {
        run(StatementJournal.none());
    }

    /** The same; statements are told to a journal. */
    public void run(StatementJournal journal) {
        told = requireNonNull(journal, "journal is null");
        say("Statements end with a semicolon; \\h helps, \\q quits.");
        while (!commands.isQuit()) {
            try {
                take(reader.readLine(PROMPT).strip());
            } catch (UserInterruptException e) {
                say("^C");
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private void take(String line) {
        try {
            if (line.startsWith(ShellCommands.SIGN)) {
                for (String statement : commands.run(line)) {
                    execute(statement);
                }
            } else {
                execute(line);
            }
        } catch (IOException | RuntimeException e) {
            say("millrace: " + messages.apply(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EndOfFileException(e);
        }
    }

    private void execute(String text) throws IOException, InterruptedException {
        StatementOutput output = commands.format().to(terminal.output(), this::say);
        StatementRunner runner =
                new StatementRunner(session, output, told).limited(commands.maxRows(), this::say);
        for (SqlStatement statement :
                SqlScript.parse(
                        new SqlSource("statement", 1, text),
                        session.profile().statements(),
                        parameters)) {
            Terminal.SignalHandler before =
                    terminal.handle(Terminal.Signal.INT, signal -> runner.cancel());
            try {
                runner.run(statement);
            } finally {
                terminal.handle(Terminal.Signal.INT, before);
            }
        }
        output.end();
    }

    private void say(String line) {
        terminal.writer().println(line);
        terminal.flush();
    }
}
