package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import io.millrace.arrow.QueryKinds;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.table.RefusedException;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementKind;
import io.millrace.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.CloseableIterator;

/**
 * Runs statements of a session, one after the other; rows go to an output as they come, and are
 * never held.
 */
public final class StatementRunner {
    private static final String SUBMISSION = "Failed to execute sql";

    /** What changes rows changes no name: prepared queries look at versions themselves. */
    private static final Set<StatementKind> LEAVES_NAMES =
            Set.of(
                    StatementKind.INSERT,
                    StatementKind.UPDATE,
                    StatementKind.DELETE,
                    StatementKind.TRUNCATE,
                    StatementKind.EXPLAIN,
                    StatementKind.SHOW);

    private final Session session;
    private final TableEnvironmentInternal tables;
    private final StatementOutput output;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicReference<JobClient> job = new AtomicReference<>();
    private final long maxRows;
    private final Consumer<String> notes;
    private final StatementJournal journal;

    /** Shows all rows, and tells nobody of its statements. */
    public StatementRunner(Session session, StatementOutput output) {
        this(session, output, StatementJournal.none());
    }

    /** Shows all rows. */
    public StatementRunner(Session session, StatementOutput output, StatementJournal journal) {
        this(session, output, journal, 0, note -> {});
    }

    private StatementRunner(
            Session session,
            StatementOutput output,
            StatementJournal journal,
            long maxRows,
            Consumer<String> notes) {
        this.journal = requireNonNull(journal, "journal is null");
        this.session = requireNonNull(session, "session is null");
        this.maxRows = maxRows;
        this.notes = requireNonNull(notes, "notes is null");
        this.tables = (TableEnvironmentInternal) session.tables();
        this.output = requireNonNull(output, "output is null");
    }

    /**
     * One that ends queries of tables after so many rows.
     *
     * @param most 0: shows all rows
     * @param told takes the note that there were more
     */
    StatementRunner limited(long most, Consumer<String> told) {
        return new StatementRunner(session, output, journal, most, told);
    }

    /** Ends the statement that runs, from another thread. */
    void cancel() {
        cancelled.set(true);
        JobClient running = job.get();
        if (running != null) {
            end(running);
        }
    }

    /**
     * Runs a statement to its end.
     *
     * @throws RefusedException if it cannot be planned, with file, line and column
     */
    public void run(SqlStatement statement) throws IOException, InterruptedException {
        Operation operation = refusing(statement, () -> parsed(statement));
        if (operation instanceof SetOperation set) {
            refusing(
                    statement,
                    () -> {
                        set(set);
                        return true;
                    });
            output.done(statement.text());
        } else if (operation instanceof ResetOperation reset) {
            refusing(
                    statement,
                    () -> {
                        reset.getKey().ifPresentOrElse(session::reset, session::reset);
                        return true;
                    });
            output.done(statement.text());
        } else {
            execute(statement, operation);
        }
    }

    private Operation parsed(SqlStatement statement) {
        if (statement.kind() == StatementKind.QUERY) {
            return session.prepared().query(statement).getQueryOperation();
        }
        if (!LEAVES_NAMES.contains(statement.kind())) {
            session.prepared().clear();
        }
        List<Operation> operations = tables.getParser().parse(statement.padded());
        if (operations.size() != 1) {
            throw new ValidationException("one statement is expected here");
        }
        return operations.get(0);
    }

    private void set(SetOperation set) {
        if (set.getKey().isEmpty()) {
            throw new ValidationException(
                    "SET without a setting shows nothing here. Query information_schema.settings.");
        }
        session.set(set.getKey().get(), set.getValue().orElse(""));
    }

    private void execute(SqlStatement statement, Operation operation)
            throws IOException, InterruptedException {
        String run = "sql-" + UUID.randomUUID();
        tables.getConfig().set(RunOptions.RUN_ID, run);
        try (StatementJournal.Entry entry = journal.begin(session, statement, run)) {
            try {
                execute(statement, operation, run, entry);
                entry.ended();
            } catch (RuntimeException | IOException | InterruptedException e) {
                entry.failed(e);
                throw e;
            }
        }
    }

    private void execute(
            SqlStatement statement, Operation operation, String run, StatementJournal.Entry entry)
            throws IOException, InterruptedException {
        StatementTargets targets =
                refusing(statement, () -> StatementTargets.of(session, operation));
        TableResultInternal result = refusing(statement, () -> tables.executeInternal(operation));
        result.getJobClient().ifPresent(job::set);
        entry.planned(result.getJobClient().map(client -> client.getJobID().toHexString()));
        if (cancelled.get()) {
            cancel();
        }
        boolean writes =
                operation instanceof ModifyOperation || operation instanceof StatementSetOperation;
        if (writes || !targets.isEmpty()) {
            await(result);
            output.committed(statement.text(), targets.commits(run, entry));
        } else if (result.getResultKind() == ResultKind.SUCCESS_WITH_CONTENT) {
            rows(statement, operation, result);
        } else {
            output.done(statement.text());
        }
    }

    private void await(TableResultInternal result) throws InterruptedException {
        try {
            result.await();
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            result.getJobClient().ifPresent(StatementRunner::end);
            throw e;
        }
    }

    private void rows(SqlStatement statement, Operation operation, TableResultInternal result)
            throws IOException {
        RowType type =
                (RowType) result.getResolvedSchema().toPhysicalRowDataType().getLogicalType();
        boolean streaming =
                operation instanceof QueryOperation
                        && tables.getConfig().get(ExecutionOptions.RUNTIME_MODE)
                                == RuntimeExecutionMode.STREAMING;
        RowsHeader header =
                new RowsHeader(
                        statement.text(), type, streaming, () -> QueryKinds.of(session, statement));
        try (CloseableIterator<RowData> rows = result.collectInternal();
                StatementOutput.Rows shown = refusing(statement, () -> shown(header))) {
            long count = 0;
            while (rows.hasNext() && !isEnough(count)) {
                shown.write(rows.next());
                if (streaming || count == 0) {
                    shown.flush();
                }
                count++;
            }
            if (cancelled.get()) {
                throw new CancellationException();
            }
            shown.end();
            if (isEnough(count) && rows.hasNext()) {
                notes.accept("There are more rows: the first " + count + " are shown.");
            }
        } catch (IOException | RefusedException e) {
            throw e;
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** One that has ended cannot be cancelled. */
    private static void end(JobClient running) {
        running.cancel().exceptionally(failure -> null).join();
    }

    private boolean isEnough(long count) {
        return maxRows > 0 && count == maxRows;
    }

    private RuntimeException failed(Throwable failure) {
        return cancelled.get()
                ? new StatementFailedException("the statement was cancelled")
                : new StatementFailedException(failure);
    }

    private StatementOutput.Rows shown(RowsHeader header) {
        try {
            return output.rows(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What goes wrong before a job runs is a refusal, with its place. */
    private static <T> T refusing(SqlStatement statement, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (SUBMISSION.equals(e.getMessage()) || e instanceof UncheckedIOException) {
                throw e;
            }
            throw refused(statement, e);
        }
    }

    private static RefusedException refused(SqlStatement statement, RuntimeException failure) {
        Throwable root = failure;
        // What a number is expected for stands in the failure around the one of its text.
        while (root.getCause() != null
                && !(root.getCause() instanceof NumberFormatException)
                && !(root instanceof RefusedException)) {
            root = root.getCause();
        }
        String where =
                SqlScript.position(failure)
                        .map(position -> statement.file() + ":" + position)
                        .orElse(statement.position());
        String problem = String.valueOf(root.getMessage()).strip();
        return new RefusedException(where + ": " + problem, failure);
    }
}
