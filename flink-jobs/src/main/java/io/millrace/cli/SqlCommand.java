package io.millrace.cli;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.metrics.JobMetrics;
import io.millrace.artifacts.metrics.JobMetricsReporterFactory;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.planner.sql.SqlParameter;
import io.millrace.planner.sql.SqlParameters;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementGate;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import io.millrace.session.StatementSession;
import io.millrace.shell.InteractiveShell;
import io.millrace.shell.JsonDocument;
import io.millrace.shell.OutputFormat;
import io.millrace.shell.StatementJournal;
import io.millrace.shell.StatementOutput;
import io.millrace.shell.StatementRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sql}. */
@Command(
        name = "sql",
        description = "Runs SQL statements in one session.",
        mixinStandardHelpOptions = true)
public final class SqlCommand implements CliCommand {
    private final Optional<ClusterTarget> given;

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "-e",
            paramLabel = "SQL",
            description = "Statements, separated by semicolons; repeatable.")
    private List<String> statements = new ArrayList<>();

    @Option(
            names = "-f",
            paramLabel = "FILE",
            description = "A file of statements, which run before those of -e; repeatable.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.table;

    @Option(
            names = "--input",
            paramLabel = "arrow[:FILE]",
            description =
                    "An Arrow IPC stream, from standard input or a file, that statements read as table input.")
    private String input = "";

    @Option(
            names = "--stream",
            description = "A streaming session: queries follow their tables and show changes.")
    private boolean stream;

    public SqlCommand() {
        this(Optional.empty());
    }

    /**
     * @param given where all is run, whatever {@code --target} says
     */
    SqlCommand(Optional<ClusterTarget> given) {
        this.given = requireNonNull(given, "given is null");
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) throws IOException, InterruptedException {
        SessionProfile profile = profile();
        List<SqlStatement> script = script(profile.statements());
        if (script.isEmpty() && Boolean.getBoolean("millrace.tty") && !common.json()) {
            return StoredArtifacts.of(profile, common.warehouse(), io)
                    .with(log -> interactive(profile, log));
        }
        if (script.isEmpty()) {
            throw new UsageException("there is no statement: give one with -e, or a file with -f");
        }
        Optional<JsonDocument> document =
                common.json() ? Optional.of(new JsonDocument(io.output())) : Optional.empty();
        StatementOutput output =
                document.isPresent() ? document.get() : format.to(io.output(), io::progress);
        try {
            StoredArtifacts.of(profile, common.warehouse(), io)
                    .with(
                            log -> {
                                run(profile, script, output, log);
                                return true;
                            });
        } catch (RuntimeException | IOException | InterruptedException e) {
            if (document.isEmpty()) {
                output.end();
                throw e;
            }
            Ending ending = Ending.of(e);
            document.get().fail(ending.code(), ending.message());
            throw new ShownFailureException(e);
        }
        int count = script.size();
        return CommandResult.written(count == 1 ? "1 statement" : count + " statements");
    }

    private void run(
            SessionProfile profile,
            List<SqlStatement> script,
            StatementOutput output,
            ArtifactLog log)
            throws IOException, InterruptedException {
        SessionFactory sessions = new SessionFactory(profile, target(), common.warehouse());
        try (SqlInput arrow = SqlInput.of(input, sessions.runsOnACluster());
                StatementSession session = open(sessions, log)) {
            arrow.register(session.session());
            StatementRunner runner =
                    new StatementRunner(session.session(), output, journal(sessions, log));
            for (SqlStatement statement : script) {
                runner.run(statement);
            }
            output.end();
        }
    }

    private StatementSession open(SessionFactory sessions, ArtifactLog log) {
        return log == ArtifactLog.NONE
                ? sessions.openForStatements()
                : sessions.openForStatements(JobMetricsReporterFactory.options(metrics(), ""));
    }

    private StatementJournal journal(SessionFactory sessions, ArtifactLog log) {
        return new StatementJournal(
                log,
                sessions.runsOnACluster()
                        ? Optional.empty()
                        : Optional.of(new JobMetrics(metrics())));
    }

    private Path metrics() {
        return common.warehouse().resolve("_millrace").resolve("metrics");
    }

    private CommandResult interactive(SessionProfile profile, ArtifactLog log) throws IOException {
        Path history = common.warehouse().resolve("_millrace").resolve("sql-history");
        SessionFactory sessions = new SessionFactory(profile, target(), common.warehouse());
        try (SqlInput arrow = SqlInput.of(input, sessions.runsOnACluster());
                StatementSession session = open(sessions, log);
                org.jline.terminal.Terminal terminal =
                        TerminalBuilder.builder().system(true).dumb(true).build()) {
            arrow.register(session.session());
            new InteractiveShell(
                            session.session(),
                            terminal,
                            history,
                            parameters(),
                            failure -> Ending.of(failure).message())
                    .run(journal(sessions, log));
        }
        return CommandResult.written("bye");
    }

    private List<SqlStatement> script(StatementGate gate) throws IOException {
        List<SqlStatement> script = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException(file + ": there is no such file");
            }
            script.addAll(parse(file.toString(), Files.readString(file), gate));
        }
        for (int i = 0; i < statements.size(); i++) {
            String name = statements.size() == 1 ? "-e" : "-e " + (i + 1);
            script.addAll(parse(name, statements.get(i), gate));
        }
        return script;
    }

    private List<SqlStatement> parse(String name, String text, StatementGate gate) {
        return SqlScript.parse(new SqlSource(name, 1, text), gate, parameters());
    }

    private SqlParameters parameters() {
        List<SqlParameter> values = new ArrayList<>();
        common.params()
                .forEach(
                        (name, value) -> {
                            try {
                                values.add(SqlParameter.of(name, value));
                            } catch (IllegalArgumentException e) {
                                throw new UsageException("--param: " + e.getMessage());
                            }
                        });
        return SqlParameters.of(values);
    }

    /** Rows of a query that follows its tables are shown when a checkpoint is complete. */
    private SessionProfile profile() {
        SessionProfile profile = SessionProfile.ofShell(common.profile(), stream);
        return stream && common.profile().isEmpty()
                ? profile.with("shell", Map.of("execution.checkpointing.interval", "1 s"))
                : profile;
    }

    private ClusterTarget target() {
        if (given.isPresent()) {
            return given.get();
        }
        try {
            return ClusterTarget.parse(common.target());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
