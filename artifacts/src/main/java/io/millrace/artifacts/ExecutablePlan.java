package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a run needs of a plan.
 *
 * @param compiledPlan Flink's JSON of the plan; holds no locations
 * @param datasets as they are now
 * @param sourcesOfResults names of the datasets that each result reads, directly or not
 */
public record ExecutablePlan(
        String planId,
        String compiledPlan,
        List<DatasetResolution> datasets,
        Map<String, List<String>> sourcesOfResults) {
    public ExecutablePlan {
        requireNonNull(planId, "planId is null");
        requireNonNull(compiledPlan, "compiledPlan is null");
        datasets = List.copyOf(datasets);
        sourcesOfResults = Map.copyOf(sourcesOfResults);
    }
}
