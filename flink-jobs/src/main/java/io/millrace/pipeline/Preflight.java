package io.millrace.pipeline;

import io.millrace.planner.sql.SqlProblem;
import io.millrace.planner.sql.SqlProblemsException;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.Table;

/**
 * Collects what is wrong with the statements of a pipeline, so that all of it is reported at once.
 * A statement that uses one with a problem is not looked at.
 */
final class Preflight {
    private final List<SqlProblem> problems;
    private final boolean someDoNotParse;
    private final Set<String> absent = new HashSet<>();
    private final List<CheckedStatement> statements = new ArrayList<>();
    private Throwable cause;

    /**
     * @param problems of statements that do not parse or are not let through
     */
    Preflight(List<SqlProblem> problems) {
        this.problems = new ArrayList<>(problems);
        this.someDoNotParse = !problems.isEmpty();
    }

    /** A statement that is right. */
    void add(String name, SqlStatement statement, Table table) {
        Map<String, String> columns = new LinkedHashMap<>();
        table.getResolvedSchema()
                .getColumns()
                .forEach(
                        column ->
                                columns.put(
                                        column.getName(),
                                        column.getDataType().getLogicalType().asSummaryString()));
        statements.add(
                new CheckedStatement(
                        name, statement.position(), SqlScript.canonical(statement), columns));
    }

    /** Whether all that it uses is there. */
    boolean canBeChecked(SqlStatement statement) {
        return statement.tables().stream().noneMatch(absent::contains);
    }

    void isNotThere(String name) {
        absent.add(name);
    }

    /** A statement that the planner does not take. */
    void failed(String name, SqlStatement statement, Throwable failure) {
        absent.add(name);
        SqlProblem problem = SqlProblem.of(statement, failure);
        // It may be one of those that do not parse.
        boolean mayBeThere =
                someDoNotParse && problem.message().matches("(?s).*Object '.*' not found.*");
        if (!mayBeThere) {
            problems.add(problem);
            cause = cause == null ? failure : cause;
        }
    }

    /** A statement that is defined by itself. */
    void isCircle(String name, SqlStatement statement, Collection<String> circle) {
        absent.addAll(circle);
        problems.add(
                new SqlProblem(
                        statement.file(),
                        statement.line(),
                        statement.column(),
                        "'" + name + "' is defined by itself: " + circle + ". Break the circle."));
    }

    /**
     * @throws SqlProblemsException with all problems, if there are any
     */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new SqlProblemsException(problems, cause);
        }
    }

    List<CheckedStatement> statements() {
        return List.copyOf(statements);
    }
}
