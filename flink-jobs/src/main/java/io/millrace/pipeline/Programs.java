package io.millrace.pipeline;

import io.millrace.artifacts.capture.PlanCapture;
import io.millrace.delta.sink.sql.DeltaTableSinkFactory;
import io.millrace.delta.source.sql.DeltaTableSourceFactory;
import io.millrace.functions.FunctionRegistry;
import io.millrace.planner.rules.PlannerPrograms;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The code that plans, as files. */
final class Programs {
    private Programs() {}

    /** Jars of our own, or folders of classes; another build is another program. */
    static List<Path> ofPlanning() {
        return Stream.of(
                        FunctionRegistry.class,
                        DeltaTableSourceFactory.class,
                        DeltaTableSinkFactory.class,
                        PlannerPrograms.class,
                        PlanCapture.class,
                        PipelinePlanner.class)
                .map(Programs::file)
                .distinct()
                .toList();
    }

    private static Path file(Class<?> program) {
        try {
            return Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(program.getName() + " lies nowhere", e);
        }
    }
}
