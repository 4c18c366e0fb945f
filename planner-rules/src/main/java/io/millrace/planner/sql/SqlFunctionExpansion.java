package io.millrace.planner.sql;

import io.millrace.delta.table.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Puts the expression of an SQL-defined function in the place of each call of it, before anything
 * is planned: the plan, its lineage and its checks see the expression. Each argument is cast to its
 * declared type; an argument that the expression names twice is computed twice.
 */
public final class SqlFunctionExpansion {
    private static final SqlDialect DIALECT =
            new CalciteSqlDialect(CalciteSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("`"));

    private final Map<String, Body> functions = new HashMap<>();

    private record Body(
            SqlFunctionDefinition definition,
            List<String> names,
            List<SqlNode> types,
            SqlNode node) {}

    /**
     * Reads the functions.
     *
     * @throws RefusedException if one does not parse, names what is no argument, or calls itself
     */
    public SqlFunctionExpansion(Collection<SqlFunctionDefinition> definitions) {
        for (SqlFunctionDefinition definition : definitions) {
            functions.put(definition.name(), read(definition));
        }
        functions.values().forEach(body -> new Expander(body.definition()).expand(body.node()));
    }

    /** The statement without calls of these functions. */
    public SqlStatement expand(SqlStatement statement) {
        if (functions.isEmpty()) {
            return statement;
        }
        SqlNode node =
                SqlScript.parse(
                        statement.file(), statement.line(), statement.column(), statement.padded());
        List<SqlCall> calls = new ArrayList<>();
        node.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        if (functions.containsKey(nameOf(call))) {
                            calls.add(call);
                            return null;
                        }
                        return super.visit(call);
                    }
                });
        String padded = statement.padded();
        calls.sort((a, b) -> Integer.compare(start(b, statement), start(a, statement)));
        for (SqlCall call : calls) {
            SqlNode expanded = new Expander(statement).expand(call);
            int from = start(call, statement);
            int to =
                    offset(
                                    statement.padded(),
                                    call.getParserPosition().getEndLineNum(),
                                    call.getParserPosition().getEndColumnNum())
                            + 1;
            padded =
                    padded.substring(0, from)
                            + "("
                            + expanded.toSqlString(DIALECT).getSql().replace('\n', ' ')
                            + ")"
                            + padded.substring(to);
        }
        return calls.isEmpty() ? statement : statement.withPadded(padded);
    }

    private static int start(SqlCall call, SqlStatement statement) {
        SqlParserPos pos = call.getParserPosition();
        return offset(statement.padded(), pos.getLineNum(), pos.getColumnNum());
    }

    private static int offset(String text, int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + column - 1;
    }

    private static String nameOf(SqlCall call) {
        return call.getOperator() instanceof SqlFunction function
                ? function.getName().toLowerCase(Locale.ROOT)
                : "";
    }

    private static Body read(SqlFunctionDefinition definition) {
        List<SqlNode> types = new ArrayList<>();
        definition
                .arguments()
                .forEach(
                        (name, type) -> {
                            SqlNode cast = parse(definition, "CAST(NULL AS " + type + ")");
                            types.add(((SqlCall) cast).operand(1));
                        });
        SqlNode node = parse(definition, definition.expression());
        node.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        if (call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.OVER) {
                            throw refuse(definition, "holds a query; it must be an expression");
                        }
                        return super.visit(call);
                    }

                    @Override
                    public Void visit(SqlIdentifier id) {
                        if (!id.isSimple() || !definition.arguments().containsKey(id.getSimple())) {
                            throw refuse(definition, "names '" + id + "', which is no argument");
                        }
                        return null;
                    }
                });
        return new Body(definition, List.copyOf(definition.arguments().keySet()), types, node);
    }

    private static SqlNode parse(SqlFunctionDefinition definition, String expression) {
        SqlNode query = SqlScript.parse(definition.place(), 1, 1, "SELECT " + expression + "\n");
        return ((SqlSelect) query).getSelectList().get(0);
    }

    private static RefusedException refuse(SqlFunctionDefinition definition, String problem) {
        return new RefusedException(
                definition.place() + ": function '" + definition.name() + "' " + problem + ".");
    }

    /** Expands calls, those that come with expressions included. */
    private final class Expander extends SqlShuttle {
        private final String where;
        private final Set<String> open = new LinkedHashSet<>();

        Expander(SqlStatement statement) {
            this.where = statement.position();
        }

        Expander(SqlFunctionDefinition definition) {
            this.where = definition.place();
            open.add(definition.name());
        }

        SqlNode expand(SqlNode node) {
            return node.accept(this);
        }

        @Override
        public SqlNode visit(SqlCall call) {
            String name = nameOf(call);
            Body body = functions.get(name);
            if (body == null) {
                return super.visit(call);
            }
            if (call.operandCount() != body.names().size()) {
                throw new RefusedException(
                        where
                                + ": "
                                + name
                                + " takes "
                                + body.names()
                                + ", but is called with "
                                + call.operandCount()
                                + " arguments.");
            }
            Map<String, SqlNode> arguments = new HashMap<>();
            for (int i = 0; i < call.operandCount(); i++) {
                arguments.put(
                        body.names().get(i),
                        SqlStdOperatorTable.CAST.createCall(
                                SqlParserPos.ZERO,
                                call.operand(i).accept(this),
                                body.types().get(i)));
            }
            if (!open.add(name)) {
                throw new RefusedException(
                        where + ": function '" + name + "' is defined by itself: " + open + ".");
            }
            SqlNode expanded = body.node().accept(this).accept(new Substitution(arguments));
            open.remove(name);
            return expanded;
        }
    }

    private static final class Substitution extends SqlShuttle {
        private final Map<String, SqlNode> arguments;

        Substitution(Map<String, SqlNode> arguments) {
            this.arguments = arguments;
        }

        @Override
        public SqlNode visit(SqlIdentifier id) {
            return id.isSimple() ? arguments.getOrDefault(id.getSimple(), id) : id;
        }
    }
}
