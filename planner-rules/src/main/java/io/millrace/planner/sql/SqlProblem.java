package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What is wrong with a statement, and where.
 *
 * @param line in the file, from 1
 * @param column from 1
 */
public record SqlProblem(String file, int line, int column, String message) {
    private static final Pattern PLACED =
            Pattern.compile("(.+?):(\\d{1,9}):(\\d{1,9}): (.*)", Pattern.DOTALL);

    public SqlProblem {
        requireNonNull(file, "file is null");
        requireNonNull(message, "message is null");
    }

    /** Why the planner did not take a statement, at the place that the failure names. */
    public static SqlProblem of(SqlStatement statement, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).strip();
        Matcher placed = PLACED.matcher(message);
        if (placed.matches() && placed.group(1).equals(statement.file())) {
            return new SqlProblem(
                    statement.file(),
                    Integer.parseInt(placed.group(2)),
                    Integer.parseInt(placed.group(3)),
                    placed.group(4));
        }
        SqlParserPos pos = SqlScript.place(failure).orElse(SqlParserPos.ZERO);
        boolean known = pos.getLineNum() > 0;
        return new SqlProblem(
                statement.file(),
                known ? pos.getLineNum() : statement.line(),
                known ? pos.getColumnNum() : statement.column(),
                message);
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
