package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * The outcome of planning.
 *
 * @param bundle folder of the plan bundle
 * @param changed whether the plan is another than the one that ran last; false where none ran
 * @param differences names of the bundle's files that differ
 */
public record PlanReport(
        String pipeline, String planId, Path bundle, boolean changed, List<String> differences) {
    public PlanReport {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(planId, "planId is null");
        requireNonNull(bundle, "bundle is null");
        differences = List.copyOf(differences);
    }
}
