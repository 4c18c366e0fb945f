package io.millrace.planner.sql;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.sql.parser.ddl.view.SqlCreateView;

/** Finds the names that stand where a table is expected. */
final class TableReferences extends SqlBasicVisitor<Void> {
    private final Set<String> tables = new LinkedHashSet<>();
    private final Set<String> local = new LinkedHashSet<>();

    private TableReferences() {}

    static Set<String> of(SqlNode statement) {
        TableReferences references = new TableReferences();
        SqlNode query = statement instanceof SqlCreateView view ? view.getQuery() : statement;
        query.accept(references);
        references.tables.removeAll(references.local);
        return references.tables;
    }

    @Override
    public Void visit(SqlCall call) {
        if (call instanceof SqlSelect select && select.getFrom() != null) {
            from(select.getFrom());
        } else if (call instanceof SqlWithItem item) {
            local.add(item.name.getSimple());
        } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
            from(call.operand(0));
        }
        return super.visit(call);
    }

    private void from(SqlNode node) {
        if (node instanceof SqlIdentifier identifier) {
            tables.add(identifier.names.get(identifier.names.size() - 1));
        } else if (node instanceof SqlJoin join) {
            from(join.getLeft());
            from(join.getRight());
        } else if (node instanceof SqlCall call && isWrapper(call.getKind())) {
            from(call.operand(0));
        }
    }

    private static boolean isWrapper(SqlKind kind) {
        return switch (kind) {
            case AS, TABLE_REF, SNAPSHOT, TABLESAMPLE, LATERAL, MATCH_RECOGNIZE, EXPLICIT_TABLE ->
                    true;
            default -> false;
        };
    }
}
