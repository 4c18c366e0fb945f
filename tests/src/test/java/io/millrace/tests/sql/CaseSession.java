package io.millrace.tests.sql;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.Failures;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementGate;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import io.millrace.session.StatementSession;
import io.millrace.shell.OutputFormat;
import io.millrace.shell.StatementOutput;
import io.millrace.shell.StatementRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session of {@code ./millrace sql}, for one statement after the other. */
final class CaseSession implements AutoCloseable {
    private final StatementGate gate;
    private final StatementSession session;

    private CaseSession(SessionProfile profile, StatementSession session) {
        this.gate = profile.statements();
        this.session = session;
    }

    static CaseSession batch(Path warehouse) {
        return open(warehouse, false, Map.of());
    }

    /** One whose sources end after the newest version. */
    static CaseSession streaming(Path warehouse) {
        return open(
                warehouse,
                true,
                Map.of(
                        "execution.checkpointing.interval",
                        "50 ms",
                        "execution.checkpointing.min-pause",
                        "0 ms",
                        "millrace.run.bounded",
                        "true"));
    }

    private static CaseSession open(Path warehouse, boolean stream, Map<String, String> settings) {
        SessionProfile profile =
                SessionProfile.ofShell("", stream)
                        .with("cases", Map.of("parallelism.default", "1"))
                        .with("cases", settings);
        return new CaseSession(
                profile,
                new SessionFactory(profile, new ClusterTarget.Embedded(), warehouse)
                        .openForStatements());
    }

    /** The rows of a statement as {@code --format json} writes them. */
    List<String> run(String sql) throws IOException, InterruptedException {
        return run(sql, OutputFormat.json);
    }

    /** What a statement shows, by line. */
    List<String> run(String sql, OutputFormat format) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatementOutput output = format.to(out, note -> {});
        for (SqlStatement statement : SqlScript.parse(new SqlSource("case", 1, sql), gate)) {
            new StatementRunner(session.session(), output).run(statement);
        }
        output.end();
        return new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** What the command would say of a failure; line and column of a refusal first. */
    static String message(Throwable failure) {
        return Failures.refusal(failure)
                .map(RefusedException::getMessage)
                .orElseGet(() -> Failures.message(failure))
                .replaceAll("^case:", "")
                .replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void close() {
        session.close();
    }
}
