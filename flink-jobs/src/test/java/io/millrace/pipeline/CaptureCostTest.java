package io.millrace.pipeline;

import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.capture.BundleStore;
import io.millrace.artifacts.capture.PlanCapture;
import io.millrace.artifacts.report.ReportPage;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What capture costs beside planning alone ({@code StatementSet.compilePlan}), by the CPU time of
 * the thread that plans, medians of rounds after three to warm up; by hand, with {@code
 * -Dmillrace.capture-cost=ROUNDS}. Both begin with a pipeline that is declared.
 */
@EnabledIfSystemProperty(named = "millrace.capture-cost", matches = "\\d+")
class CaptureCostTest {
    private static final int WARM_UP = 3;

    @TempDir private Path folder;

    private interface Step {
        void run(PlanningInput input) throws IOException;
    }

    @Test
    void ofTheCodeGraph() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("A.java"), "class A { void a() { a(); } }\n");
        BoundPipeline pipeline =
                BoundPipeline.bind(
                        PipelineReader.read(root.resolve("flink-jobs/pipelines/code-graph")),
                        Map.of("source", source.toString()),
                        folder,
                        root);
        SessionFactory sessions =
                new SessionFactory(
                        SessionProfile.of("refresh"), new ClusterTarget.Embedded(), folder);
        new PipelineRunner(
                        pipeline,
                        SessionProfile.of("refresh"),
                        new ClusterTarget.Embedded(),
                        new RunEvents() {
                            @Override
                            public void progress(String line) {}

                            @Override
                            public void status(String line) {}
                        })
                .planning()
                .prepare(false);
        PipelineStatements statements =
                PipelineStatements.parse(pipeline.definition(), pipeline.sqlParameters());
        List<Double> planning = new ArrayList<>();
        List<Double> capture = new ArrayList<>();
        List<Double> page = new ArrayList<>();
        int rounds = WARM_UP + Integer.getInteger("millrace.capture-cost");
        for (int round = 0; round < rounds; round++) {
            int number = round;
            planning.add(
                    seconds(
                            declared(pipeline, statements, sessions),
                            input -> input.statements().compilePlan().asJsonString()));
            List<Path> written = new ArrayList<>();
            capture.add(
                    seconds(
                            declared(pipeline, statements, sessions),
                            input -> {
                                PlanBundle bundle = new PlanCapture(() -> input).capture();
                                written.add(
                                        new BundleStore(folder.resolve("round" + number))
                                                .write(bundle));
                            }));
            page.add(
                    seconds(
                            declared(pipeline, statements, sessions),
                            input ->
                                    new ReportPage(
                                                    written.get(0),
                                                    Optional.empty(),
                                                    Optional.empty())
                                            .write()));
        }
        System.out.printf(
                "planning %.3f s, with capture and its files %.3f s (%+.1f %%), the page %.3f s%n",
                median(planning),
                median(capture),
                100 * (median(capture) / median(planning) - 1),
                median(page));
    }

    private static PlanningInput declared(
            BoundPipeline pipeline, PipelineStatements statements, SessionFactory sessions) {
        Session session = sessions.openForPlanning();
        return PipelineTranslator.declare(pipeline, statements, session);
    }

    private static double seconds(PlanningInput input, Step step) throws IOException {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        step.run(input);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
    }

    private static double median(List<Double> rounds) {
        List<Double> counted = rounds.subList(WARM_UP, rounds.size()).stream().sorted().toList();
        return counted.get(counted.size() / 2);
    }
}
