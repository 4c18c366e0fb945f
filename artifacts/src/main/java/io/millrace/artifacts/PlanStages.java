package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The stages of a plan, as text and as nodes.
 *
 * @param ast the trees as written
 * @param logical trees after the logical phase
 * @param physical physical plan with changelog modes and upsert keys
 * @param exec exec nodes
 * @param compiled Flink's JSON of the plan
 */
public record PlanStages(
        String ast,
        String logical,
        String physical,
        String exec,
        String compiled,
        List<PlanNode> astNodes,
        List<PlanNode> logicalNodes,
        List<PlanNode> physicalNodes) {
    public PlanStages {
        requireNonNull(ast, "ast is null");
        requireNonNull(logical, "logical is null");
        requireNonNull(physical, "physical is null");
        requireNonNull(exec, "exec is null");
        requireNonNull(compiled, "compiled is null");
        astNodes = List.copyOf(astNodes);
        logicalNodes = List.copyOf(logicalNodes);
        physicalNodes = List.copyOf(physicalNodes);
    }
}
