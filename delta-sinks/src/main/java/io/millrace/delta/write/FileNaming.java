package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.write.page.Compression;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.annotation.Internal;

/**
 * Names of the files that one attempt of one writer makes, no two of which are equal, and the local
 * folder in which rows wait that have no file yet.
 */
@Internal
public final class FileNaming {

    private final String sinkHash;
    private final String attempt;
    private final Path localFolder;
    private int next;

    private FileNaming(String sinkHash, String attempt, Path localFolder) {
        this.sinkHash = requireNonNull(sinkHash, "sinkHash is null");
        this.attempt = requireNonNull(attempt, "attempt is null");
        this.localFolder = requireNonNull(localFolder, "localFolder is null");
    }

    /** Names for a new attempt of a writer of {@code sinkId}. */
    public static FileNaming forSink(String sinkId) {
        return new FileNaming(
                hashOf(sinkId), UUID.randomUUID().toString(), LocalFolders.ofThisProcess());
    }

    /** The same, before any name was taken, with the folder of a task. */
    public FileNaming waitingIn(Path folder) {
        return new FileNaming(sinkHash, attempt, folder);
    }

    Path localFolder() {
        return localFolder;
    }

    /** Whether the path of a file is one that a writer of {@code sinkId} made. */
    static boolean isOf(String sinkId, String path) {
        return path.contains("-" + hashOf(sinkId) + "-");
    }

    private static String hashOf(String sinkId) {
        return "%08x".formatted(sinkId.hashCode());
    }

    /** For example {@code part-00003-1b2c3d4e-<uuid>.zstd.parquet}. */
    String next(String kind, Compression compression) {
        String codec =
                compression.codec() == Compression.Codec.NONE ? "" : compression.codec() + ".";
        return "%s-%05d-%s-%s.%sparquet".formatted(kind, next++, sinkHash, attempt, codec);
    }

    /** What the names of this attempt have in common, and no other's: to find what it left. */
    String mark() {
        return "-" + sinkHash + "-" + attempt + ".";
    }
}
