package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kinds of statements a script may hold.
 *
 * @param what what is held against it, for errors
 */
public record StatementGate(String what, Set<StatementKind> allowed) {
    /** Views of a pipeline. */
    public static final StatementGate PIPELINE_SCRIPT =
            new StatementGate(
                    "a script of a pipeline",
                    EnumSet.of(StatementKind.CREATE_VIEW, StatementKind.CREATE_TEMPORARY_VIEW));

    /** The query of a result. */
    public static final StatementGate QUERY =
            new StatementGate("the query of a result", EnumSet.of(StatementKind.QUERY));

    private static final int SHOWN = 60;

    public StatementGate {
        requireNonNull(what, "what is null");
        allowed = Set.copyOf(allowed);
    }

    /** Why the statement is not let through; empty if it is. */
    Optional<SqlProblem> problem(SqlStatement statement) {
        if (allowed.contains(statement.kind())) {
            return Optional.empty();
        }
        String start = statement.text().strip().lines().findFirst().orElse("");
        return Optional.of(
                new SqlProblem(
                        statement.file(),
                        statement.line(),
                        statement.column(),
                        what
                                + " may hold only "
                                + allowed.stream()
                                        .sorted()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(" and "))
                                + ", but here is "
                                + statement.kind()
                                + " ("
                                + statement.kind().id()
                                + "): "
                                + (start.length() > SHOWN
                                        ? start.substring(0, SHOWN) + "..."
                                        : start)
                                + ". Take the statement out."));
    }
}
