package io.millrace.tests.interop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a table whose later commits appear when the test says so, as they once did. */
final class GrowingTable {

    private final Path original;
    private final Path location;

    private GrowingTable(Path original, Path location) {
        this.original = requireNonNull(original, "original is null");
        this.location = requireNonNull(location, "location is null");
    }

    /** A copy beside the table that ends with {@code version}. */
    static GrowingTable copyOf(Path table, long version) throws IOException {
        Path copy =
                Files.createTempDirectory(table.getParent(), "copy").resolve(table.getFileName());
        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = table.relativize(file);
                if (!relative.startsWith("_delta_log")
                        || (isCommit(file) && version(file) <= version)) {
                    Path target = copy.resolve(relative);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return new GrowingTable(table, copy);
    }

    Path location() {
        return location;
    }

    void commitRest() throws IOException {
        try (Stream<Path> files = Files.list(original.resolve("_delta_log"))) {
            List<Path> commits = files.filter(GrowingTable::isCommit).sorted().toList();
            for (Path commit : commits) {
                Path target = location.resolve("_delta_log").resolve(commit.getFileName());
                if (!Files.exists(target)) {
                    Path temporary = location.resolve("." + commit.getFileName());
                    Files.copy(commit, temporary);
                    Files.move(temporary, target);
                }
            }
        }
    }

    private static boolean isCommit(Path file) {
        return file.getFileName().toString().matches("[0-9]{20}\\.json");
    }

    private static long version(Path commit) {
        return Long.parseLong(commit.getFileName().toString().substring(0, 20));
    }
}
