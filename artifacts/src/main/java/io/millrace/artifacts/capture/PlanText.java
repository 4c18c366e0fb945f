package io.millrace.artifacts.capture;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.flink.table.planner.plan.utils.FlinkRelOptUtil;

/** Stages of a plan as text. */
public final class PlanText {
    private static final Pattern CORRELATION = Pattern.compile("\\$cor\\d+");

    private PlanText() {}

    /** Trees as written. */
    static String written(PlannedStages stages) {
        return trees(stages.written(), SqlExplainLevel.EXPPLAN_ATTRIBUTES, false);
    }

    /** Trees after the logical phase. */
    static String logical(PlannedStages stages) {
        return trees(stages.logical().roots(), SqlExplainLevel.EXPPLAN_ATTRIBUTES, false);
    }

    /** Physical trees with changelog modes and upsert keys. */
    public static String physical(PlannedStages stages) {
        return trees(stages.optimized(), SqlExplainLevel.DIGEST_ATTRIBUTES, true);
    }

    /**
     * Physical trees.
     *
     * @param changelog whether with changelog modes and upsert keys
     */
    static String physical(List<RelNode> roots, boolean changelog) {
        return trees(roots, SqlExplainLevel.DIGEST_ATTRIBUTES, changelog);
    }

    private static String trees(List<RelNode> roots, SqlExplainLevel level, boolean changelog) {
        StringBuilder text = new StringBuilder();
        for (RelNode root : roots) {
            text.append(
                    FlinkRelOptUtil.toString(
                            root, level, false, changelog, false, changelog, false, false));
            text.append('\n');
        }
        return normal(text.toString());
    }

    /** Without the numbers of correlation variables, which go on from plan to plan. */
    static String normal(String text) {
        return CORRELATION.matcher(text).replaceAll("\\$cor");
    }
}
