package io.millrace.codegraph.input;

import io.millrace.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds out what the paths on a command line are. */
public final class SourceTrees {
    private SourceTrees() {}

    /**
     * Opens git work trees, folders and source jars. Folders and jars of one repository become one
     * tree whose revisions come in the order given.
     *
     * @param repository name of the repository; empty: from the paths
     * @param accepted paths of files that some extractor reads
     */
    public static List<SourceTree> open(
            List<Path> paths,
            Optional<String> repository,
            RevisionRange range,
            Predicate<String> accepted)
            throws IOException {
        List<SourceTree> trees = new ArrayList<>();
        Map<String, List<Snapshot>> snapshots = new LinkedHashMap<>();
        for (Path given : paths) {
            Path path = given.toAbsolutePath().normalize();
            if (Files.exists(path.resolve(".git"))) {
                trees.add(GitTree.open(path, repository, range, accepted));
            } else {
                Snapshot snapshot = snapshot(path, accepted);
                if (!range.isDefault()) {
                    throw new UsageException(
                            path + ": --from and --to are for git work trees, and this is none.");
                }
                snapshots
                        .computeIfAbsent(
                                repository.orElseGet(snapshot::repository), r -> new ArrayList<>())
                        .add(snapshot);
            }
        }
        snapshots.forEach((name, series) -> trees.add(new SnapshotSeries(name, series)));
        return trees;
    }

    private static Snapshot snapshot(Path path, Predicate<String> accepted) {
        if (Files.isDirectory(path)) {
            return new DirectorySnapshot(path, accepted);
        }
        if (Files.isRegularFile(path) && JarSnapshot.isJar(path)) {
            return new JarSnapshot(path, accepted);
        }
        throw new UsageException(
                path
                        + (Files.exists(path) ? ": is no source tree." : ": does not exist.")
                        + " Give a directory, a -sources.jar or a git work tree.");
    }
}
