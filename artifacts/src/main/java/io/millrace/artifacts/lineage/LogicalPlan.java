package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/**
 * The optimized logical trees of a plan.
 *
 * @param roots one for each statement, in their order
 * @param blocks trees that several statements share, by what the planner made of them; the others
 *     refer to them so
 */
public record LogicalPlan(List<RelNode> roots, Map<RelNode, RelNode> blocks) {
    public LogicalPlan {
        roots = List.copyOf(roots);
        blocks = Map.copyOf(blocks);
    }

    RelNode block(RelNode made) {
        return requireNonNull(blocks.get(made), "the tree of a shared block was not kept");
    }
}
