package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.lineage.Lineage;
import io.millrace.delta.scan.ScanUnit;
import io.millrace.planner.rules.PlannerPrograms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A captured plan.
 *
 * @param planId identity hash: the same for the same plan, whatever the warehouse, locations,
 *     parameters and versions
 * @param engine what planned it
 * @param functions hash of the function registry
 * @param origin what was planned, so that the plan can be run again
 * @param sourcesOfResults names of the datasets that each result reads, directly or not
 * @param scanUnits what each scan reads, as the tables were then
 * @param lineage what the columns of the results come from
 * @param warnings what planner and guards advise against, sorted
 * @param rules how often each rule changed the plan, by name
 */
public record PlanBundle(
        String pipeline,
        String planId,
        PlanStages stages,
        Engine engine,
        SettingsSnapshot settings,
        String functions,
        PlanOrigin origin,
        List<DatasetResolution> datasets,
        Map<String, List<String>> sourcesOfResults,
        List<ScanUnit> scanUnits,
        Lineage lineage,
        List<String> warnings,
        SortedMap<String, Integer> rules) {
    public PlanBundle {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(planId, "planId is null");
        requireNonNull(stages, "stages is null");
        requireNonNull(engine, "engine is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(functions, "functions is null");
        requireNonNull(origin, "origin is null");
        datasets = List.copyOf(datasets);
        sourcesOfResults = Map.copyOf(sourcesOfResults);
        scanUnits = List.copyOf(scanUnits);
        requireNonNull(lineage, "lineage is null");
        warnings = warnings.stream().sorted().distinct().toList();
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /** The same with what the session's programs have found while it was planned. */
    public PlanBundle with(PlannerPrograms programs) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(programs.findings().warnings());
        return new PlanBundle(
                pipeline,
                planId,
                stages,
                engine,
                settings,
                functions,
                origin,
                datasets,
                sourcesOfResults,
                scanUnits,
                lineage,
                all,
                programs.fired().counts());
    }

    /** Flink's JSON of the plan; holds no locations. */
    public String compiledPlan() {
        return stages.compiled();
    }

    /** What a run needs of it. */
    public ExecutablePlan executable() {
        return new ExecutablePlan(planId, compiledPlan(), datasets, sourcesOfResults);
    }
}
