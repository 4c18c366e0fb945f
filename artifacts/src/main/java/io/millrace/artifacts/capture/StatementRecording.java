package io.millrace.artifacts.capture;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.LogicalPlan;
import io.millrace.artifacts.lineage.PlanLineage;
import io.millrace.delta.scan.ScanUnit;
import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Keeps what a session plans while one of its statements runs: nothing is planned for it, and
 * nothing about the plan changes.
 */
public final class StatementRecording implements AutoCloseable {
    /** Names of collected results go on from statement to statement. */
    private static final Pattern COLLECTED = Pattern.compile("\\*anonymous_collect\\$\\d+\\*");

    private static final int ID_LENGTH = 32;

    private final TableEnvironment environment;
    private final LogicalPlanRecorder recorder;

    private StatementRecording(TableEnvironment environment) {
        this.environment = environment;
        this.recorder = new LogicalPlanRecorder(environment.getConfig());
    }

    /** Records what is planned until it is closed. */
    public static StatementRecording start(TableEnvironment environment) {
        return new StatementRecording(requireNonNull(environment, "environment is null"));
    }

    /**
     * A plan of a statement.
     *
     * @param planId identity hash of the physical plan, the functions and the settings that matter
     * @param warnings why there is no lineage, if there is none
     */
    public record StatementPlan(
            String planId,
            String physical,
            Lineage lineage,
            List<ScanUnit> scanUnits,
            List<String> warnings) {
        public StatementPlan {
            requireNonNull(planId, "planId is null");
            requireNonNull(physical, "physical is null");
            requireNonNull(lineage, "lineage is null");
            scanUnits = List.copyOf(scanUnits);
            warnings = List.copyOf(warnings);
        }
    }

    /** What was planned; empty where nothing was. */
    public Optional<StatementPlan> plan(FunctionRegistry registry, SettingsSnapshot settings) {
        List<RelNode> physical = recorder.physical();
        if (physical.isEmpty()) {
            return Optional.empty();
        }
        boolean streaming =
                environment.getConfig().get(ExecutionOptions.RUNTIME_MODE)
                        != RuntimeExecutionMode.BATCH;
        String text =
                COLLECTED
                        .matcher(PlanText.physical(physical, streaming))
                        .replaceAll("*anonymous_collect*");
        Lineage lineage = Lineage.NONE;
        List<String> warnings = List.of();
        try {
            LogicalPlan logical = recorder.plan(physical.size());
            lineage = PlanLineage.of(logical, registry);
        } catch (RefusedException | IllegalStateException | UnsupportedOperationException e) {
            warnings = List.of("no lineage: " + e.getMessage());
        }
        String identity =
                text
                        + "|"
                        + registry.snapshot().hash()
                        + "|"
                        + new TreeMap<>(settings.relevantForPlan());
        return Optional.of(
                new StatementPlan(
                        PlanGraph.sha256(identity).substring(0, ID_LENGTH),
                        text,
                        lineage,
                        ScanUnits.of(physical),
                        warnings));
    }

    @Override
    public void close() {
        recorder.close();
    }
}
