package io.millrace.planner.guards;

import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.flink.table.planner.plan.nodes.calcite.Sink;
import org.apache.flink.table.planner.plan.schema.IntermediateRelTable;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/** What trees are called in messages. */
final class Trees {
    private Trees() {}

    /** The query by its target, if it has one. */
    static String query(RelNode root) {
        return root instanceof Sink sink
                ? "query of " + sink.contextResolvedTable().getIdentifier().asSummaryString()
                : "query";
    }

    /** Names of the tables that a part of a query reads. */
    static String tables(RelNode node) {
        TreeSet<String> tables = new TreeSet<>();
        new RelVisitor() {
            @Override
            public void visit(RelNode each, int ordinal, RelNode parent) {
                if (each instanceof TableScan scan) {
                    IntermediateRelTable part = scan.getTable().unwrap(IntermediateRelTable.class);
                    if (part == null) {
                        tables.add(name(scan));
                    } else {
                        visit(part.relNode(), 0, each);
                    }
                }
                super.visit(each, ordinal, parent);
            }
        }.go(node);
        return tables.isEmpty() ? "given rows" : String.join(", ", tables);
    }

    /** Without what the planner appends of what is pushed down. */
    private static String name(TableScan scan) {
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        if (table != null) {
            return table.contextResolvedTable().getIdentifier().getObjectName();
        }
        List<String> name = scan.getTable().getQualifiedName();
        return name.get(name.size() - 1);
    }
}
