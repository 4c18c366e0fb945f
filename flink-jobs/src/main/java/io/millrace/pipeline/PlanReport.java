package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * The outcome of planning.
 *
 * @param bundle folder of the plan bundle
 * @param page the page about it
 * @param changed whether the plan is another than the one that ran last; false where none ran
 * @param differences what differs from the plan that ran last, in lines that begin with what they
 *     are about
 * @param warnings what the guards found and did not refuse
 */
public record PlanReport(
        String pipeline,
        String planId,
        Path bundle,
        Path page,
        boolean changed,
        List<String> differences,
        List<String> warnings) {
    public PlanReport {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(planId, "planId is null");
        requireNonNull(bundle, "bundle is null");
        requireNonNull(page, "page is null");
        differences = List.copyOf(differences);
        warnings = List.copyOf(warnings);
    }
}
