package io.millrace.planner.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Binds the values of {@code :name} in statements. A parameter is one operand of the statement's
 * tree. Its value is written as a literal, and the statement is taken only if its tree with the
 * literals differs from the tree with parameters by nothing but these operands: so no value can
 * change what a statement does.
 */
public final class SqlParameters {
    /** No parameters; a statement that names one is refused. */
    public static final SqlParameters NONE = new SqlParameters(List.of());

    private static final String OPERAND = "parameter";

    private final Map<String, SqlParameter> byName = new TreeMap<>();

    private SqlParameters(Collection<SqlParameter> parameters) {
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    }

    /** These parameters, by name. */
    public static SqlParameters of(Collection<SqlParameter> parameters) {
        return parameters.isEmpty() ? NONE : new SqlParameters(parameters);
    }

    /**
     * Where a parameter stands.
     *
     * @param end exclusive
     */
    record Mark(int start, int end, String name) {
        Mark {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * The statement with values in the place of parameters.
     *
     * @param line of the statement in the file
     * @param padded the statement after line breaks and blanks that put it to its place
     * @throws SqlProblemsException if it names a parameter that is not there, or one where no value
     *     can be
     */
    String bind(String file, int line, int column, String padded) {
        List<Mark> marks = ParameterMarks.of(padded);
        List<SqlProblem> problems = new ArrayList<>();
        for (Mark mark : marks) {
            if (!byName.containsKey(mark.name())) {
                problems.add(
                        problem(
                                file,
                                padded,
                                mark.start(),
                                "there is no parameter ':"
                                        + mark.name()
                                        + "'; known are "
                                        + byName.keySet()
                                        + "."));
            }
        }
        if (!problems.isEmpty()) {
            throw new SqlProblemsException(problems, null);
        }
        if (marks.isEmpty()) {
            SqlNode tree = SqlScript.parse(file, line, column, padded);
            operands(tree, List.of(), List.of()).stream()
                    .filter(operand -> operand.equals(OPERAND))
                    .findFirst()
                    .ifPresent(
                            operand -> {
                                throw new SqlProblemsException(
                                        List.of(
                                                new SqlProblem(
                                                        file,
                                                        line,
                                                        column,
                                                        "'?' has no value: name the parameter, ':name'.")),
                                        null);
                            });
            return padded;
        }
        return bind(file, line, column, padded, marks);
    }

    private String bind(String file, int line, int column, String padded, List<Mark> marks) {
        StringBuilder asked = new StringBuilder();
        StringBuilder bound = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int at = 0;
        for (Mark mark : marks) {
            asked.append(padded, at, mark.start());
            asked.append('?').append(" ".repeat(mark.end() - mark.start() - 1));
            bound.append(padded, at, mark.start());
            starts.add(bound.length());
            bound.append(byName.get(mark.name()).literal());
            ends.add(bound.length());
            at = mark.end();
        }
        asked.append(padded, at, padded.length());
        bound.append(padded, at, padded.length());
        List<String> expected =
                operands(
                        SqlScript.parse(file, line, column, asked.toString()),
                        List.of(),
                        List.of());
        List<String> found =
                operands(
                        SqlScript.parse(file, line, column, bound.toString()),
                        positions(bound, starts),
                        positions(bound, ends));
        long operands = expected.stream().filter(OPERAND::equals).count();
        if (operands != marks.size() || !expected.equals(found)) {
            throw new SqlProblemsException(
                    List.of(
                            problem(
                                    file,
                                    padded,
                                    marks.get(0).start(),
                                    "a parameter stands where no value can be.")),
                    null);
        }
        return bound.toString();
    }

    private static SqlProblem problem(String file, String padded, int offset, String message) {
        int[] place = place(padded, offset);
        return new SqlProblem(file, place[0], place[1], message);
    }

    private static List<int[]> positions(CharSequence text, List<Integer> offsets) {
        return offsets.stream().map(offset -> place(text, offset)).toList();
    }

    /** Line and column, from 1. */
    private static int[] place(CharSequence text, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new int[] {line, column};
    }

    /** What a tree is made of, from the top; what stands between two places is one parameter. */
    private static List<String> operands(SqlNode tree, List<int[]> starts, List<int[]> ends) {
        List<String> operands = new ArrayList<>();
        tree.accept(
                new SqlBasicVisitor<Void>() {
                    private boolean isValue(SqlNode node) {
                        SqlParserPos pos = node.getParserPosition();
                        for (int i = 0; i < starts.size(); i++) {
                            if (!before(pos.getLineNum(), pos.getColumnNum(), starts.get(i))
                                    && before(
                                            pos.getEndLineNum(),
                                            pos.getEndColumnNum(),
                                            ends.get(i))) {
                                operands.add(OPERAND);
                                return true;
                            }
                        }
                        return false;
                    }

                    @Override
                    public Void visit(SqlCall call) {
                        // An ORDER BY without columns has the place of its limit.
                        if (call.getKind() != SqlKind.ORDER_BY && isValue(call)) {
                            return null;
                        }
                        operands.add(
                                call.getClass().getName() + " " + call.getOperator().getName());
                        return super.visit(call);
                    }

                    @Override
                    public Void visit(SqlNodeList list) {
                        operands.add("list of " + list.size());
                        return super.visit(list);
                    }

                    @Override
                    public Void visit(SqlLiteral literal) {
                        if (!isValue(literal)) {
                            operands.add("literal " + literal);
                        }
                        return null;
                    }

                    @Override
                    public Void visit(SqlIdentifier identifier) {
                        operands.add("name " + identifier);
                        return null;
                    }

                    @Override
                    public Void visit(SqlDataTypeSpec type) {
                        operands.add("type " + type);
                        return null;
                    }

                    @Override
                    public Void visit(SqlIntervalQualifier interval) {
                        operands.add("interval " + interval);
                        return null;
                    }

                    @Override
                    public Void visit(SqlDynamicParam parameter) {
                        operands.add(OPERAND);
                        return null;
                    }
                });
        return operands;
    }

    private static boolean before(int line, int column, int[] place) {
        return line < place[0] || (line == place[0] && column < place[1]);
    }
}
