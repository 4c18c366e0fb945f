package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.planner.sql.SqlParameters;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import io.millrace.session.StatementSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell at a terminal without any abilities. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class InteractiveShellITCase {

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private StatementSession session;

    private InteractiveShell shell(Terminal terminal, boolean stream) {
        SessionProfile profile =
                SessionProfile.ofShell("", stream)
                        .with(
                                "test",
                                Map.of(
                                        "parallelism.default",
                                        "1",
                                        "execution.checkpointing.interval",
                                        "100 ms",
                                        "execution.checkpointing.min-pause",
                                        "0 ms"));
        session =
                new SessionFactory(profile, new ClusterTarget.Embedded(), folder.resolve("w"))
                        .openForStatements();
        return new InteractiveShell(
                session.session(),
                terminal,
                folder.resolve("history"),
                SqlParameters.NONE,
                Throwable::getMessage);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    private static InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void statementsSpanLinesAndCommandsHelp() throws Exception {
        String text =
                """
                SELECT 'a;b' AS x,
                  2 AS y;
                \\limit 2
                SELECT n FROM (VALUES (1), (2), (3)) AS t(n);
                SELEC;
                \\df stable_id
                \\nothing
                \\d
                \\q
                SELECT 'never' AS z;
                """;
        try (Terminal terminal = new DumbTerminal(typed(text), out)) {
            InteractiveShell shell = shell(terminal, false);
            shell.run();

            assertThat(shown())
                    .contains(" x   | y\n-----+---\n a;b | 2\n(1 row)")
                    .contains("(2 rows)\nThere are more rows: the first 2 are shown.")
                    .contains("millrace: statement:1:1: does not parse")
                    .contains("stable_id(")
                    .contains("there is no command \\nothing; \\h shows those there are")
                    .contains("(0 rows)")
                    .doesNotContain("never\n");
            assertThat(new ShellCompleter(session.session()).words("SELECT stable_h", "stable_h"))
                    .contains("stable_hash64", "stable_hash128", "stable_hash_any");
        }
    }

    @Test
    void aStreamShowsChangesUntilItIsCancelled() throws Exception {
        PipedOutputStream keys = new PipedOutputStream();
        try (Terminal terminal = new DumbTerminal(new PipedInputStream(keys), out)) {
            // Flink's planner is for the thread that made it.
            CompletableFuture<Void> run =
                    CompletableFuture.runAsync(() -> shell(terminal, true).run());
            keys.write(
                    """
                    CREATE TABLE t (id BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '%s/w/t');
                    INSERT INTO t VALUES (1), (2);
                    SELECT id FROM t;
                    """
                            .formatted(folder)
                            .getBytes(StandardCharsets.UTF_8));
            keys.flush();
            await(" +I |  2", run);
            terminal.raise(Terminal.Signal.INT);
            await("millrace: the statement was cancelled", run);
            keys.write("\\q\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            run.get(1, TimeUnit.MINUTES);
        }
    }

    private void await(String text, CompletableFuture<Void> run) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!shown().contains(text)) {
            assertThat(run).as(shown()).isNotDone();
            assertThat(System.nanoTime()).as(shown()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
