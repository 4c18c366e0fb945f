package io.millrace.artifacts.store;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.artifacts.lineage.ColumnLineage;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.Origin;
import io.millrace.artifacts.lineage.ResultLineage;
import io.millrace.delta.scan.ScanUnit;
import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Plans as rows. */
public final class BundleRows {
    /** Origins of settings that nobody made. */
    private static final Set<String> NOT_MADE =
            Set.of(SettingsSnapshot.DEFAULT, "session", "machine");

    private BundleRows() {}

    /**
     * What is the same whenever the plan is made: the plan itself, its lineage, settings and
     * functions.
     *
     * @param folder of the bundle's files, relative to the warehouse; empty where there is none
     */
    public static ArtifactRows of(PlanBundle bundle, String folder, Instant now) {
        return of(
                new PlanFacts(
                        bundle.planId(),
                        bundle.pipeline(),
                        bundle.engine().flink(),
                        bundle.functions(),
                        folder,
                        names(bundle, "source"),
                        names(bundle, "result"),
                        bundle.warnings(),
                        bundle.stages().ast(),
                        bundle.stages().physical(),
                        "",
                        bundle.lineage(),
                        bundle.settings()),
                now);
    }

    private static List<String> names(PlanBundle bundle, String role) {
        return bundle.datasets().stream()
                .filter(dataset -> dataset.role().equals(role))
                .map(DatasetResolution::dataset)
                .sorted()
                .toList();
    }

    /** The same of a plan without a bundle. */
    public static ArtifactRows of(PlanFacts plan, Instant now) {
        ArtifactRows rows = ArtifactRows.once("plan/" + plan.pipeline() + "/" + plan.planId());
        rows.add(
                ArtifactTable.BUNDLES,
                plan.planId(),
                plan.pipeline(),
                now,
                plan.flinkVersion(),
                plan.functionsHash(),
                plan.folder(),
                plan.sources(),
                plan.results(),
                plan.warnings(),
                plan.written(),
                plan.physical(),
                plan.sqlText());
        plan.lineage().results().forEach(result -> addLineage(rows, plan, result));
        Set<String> decides = plan.settings().relevantForPlan().keySet();
        plan.settings()
                .settings()
                .forEach(
                        (name, setting) -> {
                            if (!NOT_MADE.contains(setting.origin())) {
                                rows.add(
                                        ArtifactTable.SETTINGS,
                                        plan.planId(),
                                        plan.pipeline(),
                                        name,
                                        setting.value(),
                                        setting.origin(),
                                        decides.contains(name));
                            }
                        });
        plan.lineage()
                .functions()
                .forEach(
                        function ->
                                rows.add(
                                        ArtifactTable.REQUIRED_FUNCTIONS,
                                        plan.planId(),
                                        plan.pipeline(),
                                        plan.functionsHash(),
                                        function.name(),
                                        function.version()));
        return rows;
    }

    private static void addLineage(ArtifactRows rows, PlanFacts plan, ResultLineage result) {
        for (ColumnLineage column : result.columns()) {
            column.origins().forEach(origin -> add(rows, plan, result, column.column(), origin));
        }
        result.rows().forEach(origin -> add(rows, plan, result, null, origin));
    }

    private static void add(
            ArtifactRows rows, PlanFacts plan, ResultLineage result, String column, Origin origin) {
        rows.add(
                ArtifactTable.LINEAGE,
                plan.planId(),
                plan.pipeline(),
                result.dataset(),
                column,
                origin.column().dataset(),
                origin.column().column(),
                origin.influence().isDirect() ? "DIRECT" : "INDIRECT",
                origin.influence().name());
    }

    /** The functions of a registry. */
    public static ArtifactRows of(FunctionRegistry registry) {
        String hash = registry.snapshot().hash();
        ArtifactRows rows = ArtifactRows.once("functions/" + hash);
        for (FunctionEntry entry : registry.entries()) {
            rows.add(
                    ArtifactTable.FUNCTION_VERSIONS,
                    hash,
                    entry.name(),
                    entry.description().version(),
                    entry.description().kind().name(),
                    entry.description().signature(),
                    entry.isDeterministic(),
                    entry.implementation(),
                    List.copyOf(new TreeSet<>(entry.description().tags())));
        }
        return rows;
    }

    /** What depends on how the tables were when a run was planned. */
    public static ArtifactRows of(
            String runId,
            String planId,
            String pipeline,
            List<DatasetResolution> datasets,
            List<ScanUnit> units) {
        ArtifactRows rows = ArtifactRows.each();
        for (DatasetResolution dataset : datasets) {
            rows.add(
                    ArtifactTable.DATASETS,
                    runId,
                    planId,
                    pipeline,
                    dataset.dataset(),
                    dataset.role(),
                    dataset.publicLocation(),
                    dataset.tableId(),
                    dataset.version(),
                    dataset.key(),
                    dataset.identityHash(),
                    dataset.protocol());
        }
        for (ScanUnit unit : units) {
            rows.add(
                    ArtifactTable.SCAN_UNITS,
                    runId,
                    planId,
                    pipeline,
                    unit.dataset(),
                    unit.version(),
                    unit.filesKept(),
                    unit.filesAll(),
                    unit.bytes(),
                    unit.rows().isPresent() ? unit.rows().getAsLong() : null,
                    unit.filter(),
                    unit.columns());
        }
        return rows;
    }

    /** Of which sources and how many rows, and the like: what a plan says of itself. */
    public record PlanFacts(
            String planId,
            String pipeline,
            String flinkVersion,
            String functionsHash,
            String folder,
            List<String> sources,
            List<String> results,
            List<String> warnings,
            String written,
            String physical,
            String sqlText,
            Lineage lineage,
            SettingsSnapshot settings) {
        public PlanFacts {
            sources = List.copyOf(sources);
            results = List.copyOf(results);
            warnings = List.copyOf(warnings);
        }
    }
}
