package io.millrace.planner.guards;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ChangeFeedNeed;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;
import org.apache.flink.table.planner.plan.optimize.program.StreamOptimizeContext;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/**
 * Finds tables that are followed and have no change feed: what is updated or deleted there does not
 * reach the query.
 */
public final class ChangeFeedGuard implements FlinkOptimizeProgram<StreamOptimizeContext> {
    private final Findings findings;

    public ChangeFeedGuard(Findings findings) {
        this.findings = requireNonNull(findings, "findings is null");
    }

    @Override
    public RelNode optimize(RelNode root, StreamOptimizeContext context) {
        if (context.getTableConfig().get(GuardOptions.CHANGE_FEED) != GuardMode.OFF) {
            new RelVisitor() {
                @Override
                public void visit(RelNode node, int ordinal, RelNode parent) {
                    if (node instanceof TableScan scan && lacks(scan)) {
                        findings.add(
                                context.getTableConfig(),
                                GuardOptions.CHANGE_FEED,
                                "%s: follows (%s), which has no change feed: of its columns %s only rows that are added are read, and a commit that updates or deletes some fails the job. Set the table's property 'delta.enableChangeDataFeed' to 'true', or say 'scan.mode' = 'append-only'."
                                        .formatted(
                                                Trees.query(root),
                                                Trees.tables(scan),
                                                scan.getRowType().getFieldNames()));
                    }
                    super.visit(node, ordinal, parent);
                }
            }.go(root);
        }
        return root;
    }

    private static boolean lacks(TableScan scan) {
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        return table != null
                && table.tableSource() instanceof ChangeFeedNeed need
                && need.takesAppendsOnly()
                && !table.contextResolvedTable()
                        .getResolvedTable()
                        .getOptions()
                        .containsKey("scan.mode");
    }
}
