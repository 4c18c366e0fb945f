package io.millrace.delta.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.flink.annotation.Internal;

/** Small files beside the tables, on the local file system, that are replaced as a whole. */
@Internal
public final class WholeFiles {

    private WholeFiles() {}

    /**
     * Replaces the file, and makes the folders above it: a reader sees the old content or the new,
     * also where another process writes the same file.
     *
     * @throws UncheckedIOException naming the file, if it cannot be written; it is as it was then
     */
    public static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            // Not Java's temporary files: those only their owner may read.
            Path next = file.resolveSibling("." + UUID.randomUUID() + ".new");
            try {
                Files.write(next, content);
                Files.move(
                        next,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
