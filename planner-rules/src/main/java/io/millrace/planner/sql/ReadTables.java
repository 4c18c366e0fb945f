package io.millrace.planner.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ExternalCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/** Finds what a resolved query reads. */
public final class ReadTables {
    private ReadTables() {}

    /**
     * The options of each table that is read; empty ones for what is no table of a catalog with
     * options, so that nothing is missed.
     */
    public static List<Map<String, String>> of(Table query) {
        if (!(query.getQueryOperation() instanceof PlannerQueryOperation operation)) {
            return List.of(Map.of());
        }
        List<Map<String, String>> tables = new ArrayList<>();
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, RelNode parent) {
                if (node instanceof TableScan scan) {
                    TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
                    tables.add(table == null ? Map.of() : options(table.contextResolvedTable()));
                }
                super.visit(node, ordinal, parent);
            }
        }.go(operation.getCalciteTree());
        return tables;
    }

    private static Map<String, String> options(ContextResolvedTable table) {
        ResolvedCatalogBaseTable<?> resolved = table.getResolvedTable();
        // A table that stands for a stream has none, and says so with an exception.
        return resolved.getOrigin() instanceof ExternalCatalogTable
                ? Map.of()
                : Map.copyOf(resolved.getOptions());
    }
}
