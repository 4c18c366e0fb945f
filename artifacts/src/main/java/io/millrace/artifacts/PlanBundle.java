package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.lineage.Lineage;
import io.millrace.delta.scan.ScanUnit;
import java.util.List;
import java.util.Map;

/**
 * A captured plan.
 *
 * @param planId identity hash: the same for the same plan, whatever the warehouse, locations,
 *     parameters and versions
 * @param ast the tree as written
 * @param optimizedPlan physical plan with changelog modes
 * @param execPlan exec nodes
 * @param compiledPlan Flink's JSON of the plan; holds no locations
 * @param functions hash of the function registry
 * @param sourcesOfResults names of the datasets that each result reads, directly or not
 * @param scanUnits what each scan reads, as the tables were then
 * @param lineage what the columns of the results come from
 */
public record PlanBundle(
        String pipeline,
        String planId,
        String ast,
        String optimizedPlan,
        String execPlan,
        String compiledPlan,
        SettingsSnapshot settings,
        String functions,
        List<DatasetResolution> datasets,
        Map<String, List<String>> sourcesOfResults,
        List<ScanUnit> scanUnits,
        Lineage lineage) {
    public PlanBundle {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(planId, "planId is null");
        requireNonNull(ast, "ast is null");
        requireNonNull(optimizedPlan, "optimizedPlan is null");
        requireNonNull(execPlan, "execPlan is null");
        requireNonNull(compiledPlan, "compiledPlan is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(functions, "functions is null");
        datasets = List.copyOf(datasets);
        sourcesOfResults = Map.copyOf(sourcesOfResults);
        scanUnits = List.copyOf(scanUnits);
        requireNonNull(lineage, "lineage is null");
    }
}
