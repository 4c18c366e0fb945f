package io.millrace.cli;

import io.millrace.pipeline.Replay;
import io.millrace.pipeline.RunEvents;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay BUNDLE}. */
@Command(
        name = "replay",
        description =
                "Runs exactly the plan of a bundle, at the versions that its sources had, into a folder of its own.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements CliCommand {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "BUNDLE",
            description = "A folder under <warehouse>/_millrace/plans, as plan names it.")
    private Path bundle;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description =
                    "Folder for the results, not there or empty (default: one under"
                            + " <warehouse>/_millrace/replays).")
    private Path into;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) throws InterruptedException {
        Replay replay = new Replay(bundle, target(), events(io));
        Path folder = into == null ? replay.usualFolder() : into.toAbsolutePath().normalize();
        SessionProfile profile =
                SessionProfile.of(common.profile().isEmpty() ? "refresh" : common.profile());
        // Its plan was made before, and looked at then.
        return RunResults.of(
                StoredArtifacts.of(profile, replay.warehouse(), io)
                        .with(log -> replay.run(folder, common.params(), profile, log)),
                List.of());
    }

    private ClusterTarget target() {
        try {
            return ClusterTarget.parse(common.target());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static RunEvents events(CommandIo io) {
        return new RunEvents() {
            @Override
            public void progress(String line) {
                io.progress(line);
            }

            @Override
            public void status(String line) {
                io.status(line);
            }
        };
    }
}
