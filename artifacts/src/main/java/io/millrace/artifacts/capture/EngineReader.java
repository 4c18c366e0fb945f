package io.millrace.artifacts.capture;

import io.millrace.artifacts.Engine;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.planner.calcite.CalciteConfig;
import org.apache.flink.table.planner.plan.optimize.program.FlinkChainedProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkStreamProgram;
import org.apache.flink.table.planner.plan.optimize.program.StreamOptimizeContext;
import org.apache.flink.table.planner.utils.TableConfigUtils;

/** What a session plans with. */
public final class EngineReader {
    private static final String FLINK = FlinkStreamProgram.class.getPackageName();

    private EngineReader() {}

    /** The engine of a streaming session with this configuration. */
    public static Engine read(TableConfig config) {
        CalciteConfig calcite = TableConfigUtils.getCalciteConfig(config);
        FlinkChainedProgram<StreamOptimizeContext> chain =
                calcite.getStreamProgram().isDefined()
                        ? calcite.getStreamProgram().get()
                        : FlinkStreamProgram.buildProgram(config);
        List<String> programs = new ArrayList<>();
        for (String name : chain.getProgramNames()) {
            Class<?> program = chain.get(name).get().getClass();
            programs.add(
                    program.getPackageName().equals(FLINK)
                            ? name
                            : name + " (" + program.getName() + ")");
        }
        return new Engine(EnvironmentInformation.getVersion(), programs);
    }
}
