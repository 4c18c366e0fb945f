package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.RefusedException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What kinds of statements a script may hold. */
public record StatementGate(String what, Set<StatementKind> allowed) {
    /** Views of a pipeline. */
    public static final StatementGate PIPELINE_SCRIPT =
            new StatementGate(
                    "a script of a pipeline",
                    EnumSet.of(StatementKind.CREATE_VIEW, StatementKind.CREATE_TEMPORARY_VIEW));

    /** The query of a result. */
    public static final StatementGate QUERY =
            new StatementGate("the query of a result", EnumSet.of(StatementKind.QUERY));

    public StatementGate {
        requireNonNull(what, "what is null");
        allowed = Set.copyOf(allowed);
    }

    void check(SqlStatement statement) {
        if (!allowed.contains(statement.kind())) {
            String words = statement.text().strip();
            String start = words.lines().findFirst().orElse("");
            throw new RefusedException(
                    statement.position()
                            + ": "
                            + what
                            + " may hold only "
                            + allowed.stream()
                                    .sorted()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(" and "))
                            + ", but here is: "
                            + (start.length() > 60 ? start.substring(0, 60) + "..." : start)
                            + ". Take the statement out.");
        }
    }
}
