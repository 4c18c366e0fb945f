package io.millrace.bench;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/** What rounds that write tables need besides their job. */
final class BenchFolder {

    private BenchFolder() {}

    /** A table on the local file system. */
    static DeltaTable table(Path location) {
        return DatasetResolver.table(location.toString(), StorageOptions.NONE);
    }

    /** Bytes of a table's files, its log left out. */
    static long bytes(Path table) throws IOException {
        try (Stream<Path> files = Files.walk(table)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(table.resolve("_delta_log")))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** A finished job may still be dropping its checkpoints in there. */
    static void remove(Path folder) throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
    }
}
