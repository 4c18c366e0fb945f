package io.millrace.cli;

import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.pipeline.BoundPipeline;
import io.millrace.pipeline.PipelineRunner;
import io.millrace.pipeline.RunEvents;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the sub-commands about one pipeline have in common; a picocli mixin. */
final class PipelineOptions {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "PIPELINE",
            description = "A folder with a pipeline.yaml, or the name of a shipped pipeline.")
    private String pipeline = "";

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallelism of the job (default: the profile's).")
    private int parallelism;

    CommonOptions common() {
        return common;
    }

    /** What is done with a runner. */
    @FunctionalInterface
    interface Work<T> {
        T with(PipelineRunner runner) throws InterruptedException;
    }

    /**
     * Works with a runner whose plans and runs are stored.
     *
     * @param usual the profile where none is named
     */
    <T> T stored(String usual, CommandIo io, Work<T> work) throws InterruptedException {
        SessionProfile profile = profile(usual);
        return StoredArtifacts.of(profile, common.warehouse(), io)
                .with(log -> work.with(runner(profile, io, log)));
    }

    /** Makes the runner; {@code usual} is the profile where none is named. */
    PipelineRunner runner(String usual, CommandIo io) {
        return runner(profile(usual), io, ArtifactLog.NONE);
    }

    private SessionProfile profile(String usual) {
        SessionProfile profile =
                SessionProfile.of(common.profile().isEmpty() ? usual : common.profile());
        if (parallelism < 0) {
            throw new UsageException("--parallelism must be positive");
        }
        return parallelism == 0
                ? profile
                : profile.with(
                        SessionProfile.COMMAND_LINE,
                        Map.of("parallelism.default", Integer.toString(parallelism)));
    }

    private PipelineRunner runner(SessionProfile profile, CommandIo io, ArtifactLog artifacts) {
        PipelineDefinition definition = PipelineReader.read(folder());
        ClusterTarget target = target();
        BoundPipeline bound =
                BoundPipeline.bind(definition, common.params(), common.warehouse(), home());
        return new PipelineRunner(
                bound,
                profile,
                target,
                new RunEvents() {
                    @Override
                    public void progress(String line) {
                        io.progress(line);
                    }

                    @Override
                    public void status(String line) {
                        io.status(line);
                    }
                },
                artifacts);
    }

    /** Whether the job runs on a session cluster. */
    boolean isRemote() {
        return target() instanceof ClusterTarget.SessionCluster;
    }

    private ClusterTarget target() {
        try {
            return ClusterTarget.parse(common.target());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Path folder() {
        Path given = Path.of(pipeline);
        if (Files.isRegularFile(given.resolve(PipelineReader.FILE_NAME))) {
            return given;
        }
        Path shipped = home().resolve("flink-jobs").resolve("pipelines").resolve(pipeline);
        if (pipeline.matches("[A-Za-z0-9_-]+")
                && Files.isRegularFile(shipped.resolve(PipelineReader.FILE_NAME))) {
            return shipped;
        }
        throw new UsageException(
                "there is no pipeline '"
                        + pipeline
                        + "': neither a folder with a pipeline.yaml nor a shipped one");
    }

    /** The folder Millrace was started from. */
    static Path home() {
        return Path.of(System.getProperty("millrace.home", "")).toAbsolutePath().normalize();
    }
}
