package io.millrace.planner.sql;

import io.millrace.delta.table.RefusedException;
import java.util.List;
import java.util.stream.Collectors;

/** Statements that are refused, with everything that is wrong with them. */
public final class SqlProblemsException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final transient List<SqlProblem> problems;

    /**
     * Of at least one problem.
     *
     * @param cause of the first of them; may be null
     */
    public SqlProblemsException(List<SqlProblem> problems, Throwable cause) {
        super(message(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** In the order of the statements. */
    public List<SqlProblem> problems() {
        return problems;
    }

    private static String message(List<SqlProblem> problems) {
        String all = problems.stream().map(Object::toString).collect(Collectors.joining("\n"));
        return problems.size() == 1 ? all : problems.size() + " problems:\n" + all;
    }
}
