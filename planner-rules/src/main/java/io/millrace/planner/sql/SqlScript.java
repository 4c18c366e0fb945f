package io.millrace.planner.sql;

import io.millrace.planner.sql.StatementSplitter.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.view.SqlCreateView;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.apache.flink.table.planner.delegation.FlinkSqlParserFactories;

/**
 * Reads scripts: cuts them into statements, parses each with Flink's parser, and lets only those of
 * a gate through.
 */
public final class SqlScript {
    private static final SqlDialect DIALECT =
            new CalciteSqlDialect(CalciteSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("`"));

    private SqlScript() {}

    /**
     * Statements of a script in order.
     *
     * @throws SqlProblemsException with all statements that do not parse or are not let through
     */
    public static List<SqlStatement> parse(SqlSource source, StatementGate gate) {
        return parse(source, gate, SqlParameters.NONE);
    }

    /**
     * Statements of a script in order, with values in the place of parameters. Columns in errors
     * are shifted behind a parameter on the same line.
     *
     * @throws SqlProblemsException with all statements that do not parse or are not let through
     */
    public static List<SqlStatement> parse(
            SqlSource source, StatementGate gate, SqlParameters parameters) {
        List<SqlStatement> statements = new ArrayList<>();
        List<SqlProblem> problems = new ArrayList<>();
        Throwable cause = null;
        for (Piece piece : StatementSplitter.split(source.text())) {
            try {
                SqlStatement statement = statement(source, piece, parameters);
                statements.add(statement);
                gate.problem(statement).ifPresent(problems::add);
            } catch (SqlProblemsException e) {
                problems.addAll(e.problems());
                cause = e.getCause();
            }
        }
        if (!problems.isEmpty()) {
            throw new SqlProblemsException(problems, cause);
        }
        return statements;
    }

    /** The one statement that a text must hold. */
    public static SqlStatement parseSingle(SqlSource source, StatementGate gate) {
        return parseSingle(source, gate, SqlParameters.NONE);
    }

    /** The one statement that a text must hold, with values in the place of parameters. */
    public static SqlStatement parseSingle(
            SqlSource source, StatementGate gate, SqlParameters parameters) {
        List<SqlStatement> statements = parse(source, gate, parameters);
        if (statements.size() != 1) {
            throw new SqlProblemsException(
                    List.of(
                            new SqlProblem(
                                    source.file(),
                                    source.line(),
                                    1,
                                    "one statement is expected, but there are "
                                            + statements.size()
                                            + ". Write exactly one.")),
                    null);
        }
        return statements.get(0);
    }

    private static SqlStatement statement(SqlSource source, Piece piece, SqlParameters parameters) {
        String before = source.text().substring(0, piece.start());
        int line = source.line() + (int) before.chars().filter(c -> c == '\n').count();
        int column = piece.start() - (before.lastIndexOf('\n') + 1) + 1;
        String text = source.text().substring(piece.start(), piece.end());
        String padded =
                parameters.bind(
                        source.file(),
                        line,
                        column,
                        "\n".repeat(line - 1) + " ".repeat(column - 1) + text);
        SqlNode node = parse(source.file(), line, column, padded);
        return new SqlStatement(
                source.file(),
                line,
                column,
                padded.strip(),
                padded,
                StatementKinds.of(node),
                name(node),
                TableReferences.of(node));
    }

    /** The tree of a statement that stands at this place of a file. */
    static SqlNode parse(String file, int line, int column, String padded) {
        SqlParser.Config config =
                SqlParser.config()
                        .withParserFactory(
                                FlinkSqlParserFactories.create(FlinkSqlConformance.DEFAULT))
                        .withConformance(FlinkSqlConformance.DEFAULT)
                        .withLex(Lex.JAVA)
                        .withIdentifierMaxLength(256);
        try {
            return SqlParser.create(padded, config).parseStmt();
        } catch (SqlParseException e) {
            SqlParserPos pos = e.getPos();
            boolean known = pos != null && pos.getLineNum() > 0;
            String problem = e.getMessage().lines().findFirst().orElse("does not parse");
            throw new SqlProblemsException(
                    List.of(
                            new SqlProblem(
                                    file,
                                    known ? pos.getLineNum() : line,
                                    known ? pos.getColumnNum() : column,
                                    "does not parse: " + problem)),
                    e);
        }
    }

    private static Optional<String> name(SqlNode node) {
        if (node instanceof SqlCreateView view) {
            String[] path = view.getFullName();
            return Optional.of(path[path.length - 1]);
        }
        return Optional.empty();
    }

    /** The statement in one form: without comments, keywords in capitals, names quoted. */
    public static String canonical(SqlStatement statement) {
        return parse(statement.file(), statement.line(), statement.column(), statement.padded())
                .toSqlString(DIALECT)
                .getSql();
    }

    /** {@code line:column} that Flink's validator names in a failure, empty if it names none. */
    public static Optional<String> position(Throwable failure) {
        return place(failure).map(place -> place.getLineNum() + ":" + place.getColumnNum());
    }

    /** The place that Flink's validator names in a failure; empty if it names none. */
    static Optional<SqlParserPos> place(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.apache.calcite.runtime.CalciteContextException context
                    && context.getPosLine() > 0) {
                return Optional.of(new SqlParserPos(context.getPosLine(), context.getPosColumn()));
            }
        }
        return Optional.empty();
    }
}
