package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * A completed checkpoint or savepoint: one whose metadata is there and can be read.
 *
 * @param folder that holds {@code _metadata}
 * @param checkpointId its number; a run continues the numbers of the one it restored, so the
 *     highest is the newest
 */
record RestorePoint(Path folder, long checkpointId) {
    private static final String METADATA = "_metadata";
    private static final int DEPTH = 5;

    RestorePoint {
        requireNonNull(folder, "folder is null");
    }

    /** The newest one under a folder. */
    static Optional<RestorePoint> newest(Path root) {
        return all(root).stream().max(Comparator.comparingLong(RestorePoint::checkpointId));
    }

    /** All under a folder. */
    static List<RestorePoint> all(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<RestorePoint> points = new ArrayList<>();
        try (Stream<Path> files =
                Files.find(root, DEPTH, (path, attributes) -> attributes.isRegularFile())) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().equals(METADATA)) {
                    checkpointId(file)
                            .ifPresent(id -> points.add(new RestorePoint(file.getParent(), id)));
                }
            }
            return points;
        } catch (IOException e) {
            throw new UncheckedIOException(root + ": cannot be searched for checkpoints", e);
        }
    }

    /** The number in a metadata file; empty where the file was not written to its end. */
    private static OptionalLong checkpointId(Path metadata) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            return OptionalLong.of(
                    Checkpoints.loadCheckpointMetadata(
                                    in,
                                    RestorePoint.class.getClassLoader(),
                                    metadata.getParent().toUri().toString())
                            .getCheckpointId());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
